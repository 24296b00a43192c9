using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows.Calls;

/// <summary>SeLockMemoryPrivilege, which large pages need: OpenProcessToken, LookupPrivilegeValueW, AdjustTokenPrivileges.</summary>
internal static class LockMemoryPrivilege
{
    private const string Library = "advapi32.dll";
    private const string Name = "SeLockMemoryPrivilege";

    /// <summary>Enables the privilege if the user holds it.</summary>
    /// <returns>Whether it is enabled.</returns>
    public static bool Enable()
    {
        if (!OpenProcessToken(Kernel32.CurrentProcess, TokenQuery | TokenAdjustPrivileges, out SafeFileHandle token))
        {
            return false;
        }

        using (token)
        {
            var privileges = new TokenPrivileges { Count = 1, Attributes = PrivilegeEnabled };
            if (!LookupPrivilegeValue(null, Name, out privileges.Luid))
            {
                return false;
            }

            // The call succeeds even if it enables nothing; the last error shows it.
            AdjustTokenPrivileges(token, disableAll: false, ref privileges, 0, 0, 0);
            int code = Marshal.GetLastWin32Error();
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "AdjustTokenPrivileges", WindowsErrors.Result(code), token, 0, $"{{1, {Name}, SE_PRIVILEGE_ENABLED}}", 0, "NULL", "NULL"));
            return code == 0;
        }
    }

    [DllImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool OpenProcessToken(nint process, uint access, out SafeFileHandle token);

    [DllImport(Library, EntryPoint = "LookupPrivilegeValueW", SetLastError = true, CharSet = CharSet.Unicode)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool LookupPrivilegeValue(string? system, string name, out long luid);

    [DllImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AdjustTokenPrivileges(
        SafeFileHandle token,
        [MarshalAs(UnmanagedType.Bool)] bool disableAll,
        ref TokenPrivileges privileges,
        uint length,
        nint before,
        nint beforeLength);

    /// <summary>TOKEN_PRIVILEGES of winnt.h with one LUID_AND_ATTRIBUTES; the LUID is two 32-bit numbers, so aligned to 4.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct TokenPrivileges
    {
        public uint Count;
        public long Luid;
        public uint Attributes;
    }
}
