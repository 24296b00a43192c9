using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <summary>The protection constants of Windows, and the access rights that a section and a view need for them.</summary>
internal static class PageProtection
{
    // The lowest byte; higher bits are modifiers, such as caching.
    private const uint All = 0xFF;

    /// <summary>The PAGE_* constant. Write implies read here, as on the processors of Windows.</summary>
    public static uint From(MemoryProtection protection, bool copyOnWrite)
    {
        bool execute = (protection & MemoryProtection.Execute) != 0;
        if ((protection & MemoryProtection.Write) != 0)
        {
            return (execute, copyOnWrite) switch
            {
                (false, false) => PageReadWrite,
                (false, true) => PageWriteCopy,
                (true, false) => PageExecuteReadWrite,
                (true, true) => PageExecuteWriteCopy,
            };
        }

        return (execute, (protection & MemoryProtection.Read) != 0) switch
        {
            (false, false) => PageNoAccess,
            (false, true) => PageReadOnly,
            (true, false) => PageExecute,
            (true, true) => PageExecuteRead,
        };
    }

    /// <summary>The allowed access, as in <c>rw-</c>; none for a guard page, whose first use is an error.</summary>
    public static string GetText(uint protection) => (protection & (All | PageGuard)) switch
    {
        PageReadOnly => "r--",
        PageReadWrite or PageWriteCopy => "rw-",
        PageExecute => "--x",
        PageExecuteRead => "r-x",
        PageExecuteReadWrite or PageExecuteWriteCopy => "rwx",
        _ => "---",
    };

    /// <summary>The FILE_MAP_* rights of a view. A view can at least be read.</summary>
    public static uint GetViewAccess(MemoryProtection protection, bool copyOnWrite)
    {
        uint access = (protection & MemoryProtection.Write) == 0 ? FileMapRead
            : copyOnWrite ? FileMapCopy
            : FileMapRead | FileMapWrite;
        return access | ((protection & MemoryProtection.Execute) != 0 ? FileMapExecute : 0);
    }
}
