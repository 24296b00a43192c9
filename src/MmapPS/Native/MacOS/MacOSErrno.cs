using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS;

/// <summary>Names of macOS error numbers; bsd/sys/errno.h.</summary>
internal static class MacOSErrno
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "EPERM",
        [2] = "ENOENT",
        [3] = "ESRCH",
        [4] = "EINTR",
        [5] = "EIO",
        [6] = "ENXIO",
        [7] = "E2BIG",
        [9] = "EBADF",
        [11] = "EDEADLK",
        [12] = "ENOMEM",
        [13] = "EACCES",
        [14] = "EFAULT",
        [16] = "EBUSY",
        [17] = "EEXIST",
        [18] = "EXDEV",
        [19] = "ENODEV",
        [20] = "ENOTDIR",
        [21] = "EISDIR",
        [22] = "EINVAL",
        [23] = "ENFILE",
        [24] = "EMFILE",
        [25] = "ENOTTY",
        [26] = "ETXTBSY",
        [27] = "EFBIG",
        [28] = "ENOSPC",
        [29] = "ESPIPE",
        [30] = "EROFS",
        [31] = "EMLINK",
        [35] = "EAGAIN",
        [45] = "ENOTSUP",
        [57] = "ENOTCONN",
        [60] = "ETIMEDOUT",
        [62] = "ELOOP",
        [63] = "ENAMETOOLONG",
        [69] = "EDQUOT",
        [70] = "ESTALE",
        [78] = "ENOSYS",
        [82] = "EPWROFF",
        [83] = "EDEVERR",
        [84] = "EOVERFLOW",
        [89] = "ECANCELED",
        [96] = "ENODATA",
        [102] = "EOPNOTSUPP",
    };

    /// <summary>The name, or E and the number if the table has none.</summary>
    public static string GetName(int errno) =>
        Names.TryGetValue(errno, out string? name) ? name : "E" + errno.ToString(CultureInfo.InvariantCulture);

    /// <summary>An error number with its name, text and kind.</summary>
    public static NativeError Describe(string function, int errno) =>
        new(function, GetName(errno), new Win32Exception(errno).Message, GetKind(errno));

    private static NativeErrorKind GetKind(int errno) => errno switch
    {
        ENOSPC or EDQUOT => NativeErrorKind.NoSpace,
        ENFILE or EMFILE => NativeErrorKind.TooManyFiles,
        EIO or ENXIO or EDEVERR => NativeErrorKind.InputOutput,
        EINVAL or ENOSYS or ENOTSUP or EOPNOTSUPP or ENODEV or ENOTTY or ESPIPE => NativeErrorKind.NotSupported,
        _ => NativeErrorKind.Other,
    };
}
