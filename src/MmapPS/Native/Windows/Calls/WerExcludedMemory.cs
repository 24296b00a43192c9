using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>WerRegisterExcludedMemoryBlock and WerUnregisterExcludedMemoryBlock, since Windows 10 1703.</summary>
internal static class WerExcludedMemory
{
    /// <summary>Excludes memory from the crash dumps of Windows.</summary>
    /// <returns>0, or an HRESULT.</returns>
    /// <exception cref="System.EntryPointNotFoundException">This Windows does not support it.</exception>
    public static int Register(nint address, long length) =>
        Tell("WerRegisterExcludedMemoryBlock", ImportRegister(address, (uint)length), address, (uint)length);

    /// <summary>Ends the exclusion.</summary>
    public static void Unregister(nint address) =>
        Tell("WerUnregisterExcludedMemoryBlock", ImportUnregister(address), address);

    private static int Tell(string function, int result, params object[] arguments)
    {
        NativeTrace.Listener?.Invoke(NativeTrace.Call(function, NativeTrace.Hex((uint)result), arguments));
        return result;
    }

    [DllImport(Kernel32.Name, EntryPoint = "WerRegisterExcludedMemoryBlock")]
    private static extern int ImportRegister(nint address, uint length);

    [DllImport(Kernel32.Name, EntryPoint = "WerUnregisterExcludedMemoryBlock")]
    private static extern int ImportUnregister(nint address);
}
