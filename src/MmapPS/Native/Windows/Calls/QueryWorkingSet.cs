using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>QueryWorkingSetEx, in kernel32.dll since Windows 7.</summary>
internal static class QueryWorkingSet
{
    /// <summary>Queries whether pages are in a process's working set, and how.</summary>
    /// <param name="process">A handle with PROCESS_QUERY_INFORMATION.</param>
    /// <param name="address">Address of the first page.</param>
    /// <param name="pageSize">Size of a page in bytes.</param>
    /// <param name="pages">The results, one for each page.</param>
    /// <returns>0, or the error code.</returns>
    public static unsafe int Invoke(SafeHandle process, nint address, long pageSize, Span<Page> pages)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i].Address = address + (nint)(i * pageSize);
        }

        fixed (Page* first = pages)
        {
            int size = pages.Length * sizeof(Page);
            int code = Import(process, first, (uint)size) ? 0 : Marshal.GetLastWin32Error();
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "K32QueryWorkingSetEx", WindowsErrors.Result(code), process, $"{{{NativeTrace.Address(address)}, ...}}", size));
            return code;
        }
    }

    [DllImport(Kernel32.Name, EntryPoint = "K32QueryWorkingSetEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern unsafe bool Import(SafeHandle process, Page* pages, uint size);

    /// <summary>PSAPI_WORKING_SET_EX_INFORMATION of psapi.h; for a page that is not valid, the other bits have another meaning.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Page
    {
        public nint Address;
        public nuint Flags;

        /// <summary>Whether the page is in the working set.</summary>
        public readonly bool IsValid => (Flags & WindowsConstants.PageValid) != 0;

        /// <summary>Whether it is locked.</summary>
        public readonly bool IsLocked => IsValid && (Flags & WindowsConstants.PageLocked) != 0;

        /// <summary>Whether it is part of a large page.</summary>
        public readonly bool IsLarge => IsValid && (Flags & WindowsConstants.PageLarge) != 0;
    }
}
