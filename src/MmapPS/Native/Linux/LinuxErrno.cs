using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;

namespace MmapPS.Native.Linux;

/// <summary>Names of Linux error numbers; include/uapi/asm-generic/errno-base.h and errno.h.</summary>
internal static class LinuxErrno
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
        [11] = "EAGAIN",
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
        [36] = "ENAMETOOLONG",
        [38] = "ENOSYS",
        [40] = "ELOOP",
        [61] = "ENODATA",
        [75] = "EOVERFLOW",
        [95] = "EOPNOTSUPP",
        [107] = "ENOTCONN",
        [110] = "ETIMEDOUT",
        [116] = "ESTALE",
        [121] = "EREMOTEIO",
        [122] = "EDQUOT",
        [133] = "EHWPOISON",
    };

    /// <summary>The name, or E and the number if the table has none.</summary>
    public static string GetName(int errno) =>
        Names.TryGetValue(errno, out string? name) ? name : "E" + errno.ToString(CultureInfo.InvariantCulture);

    /// <summary>An error number with its name, text and kind.</summary>
    public static NativeError Describe(string function, int errno) => new(function, GetName(errno), GetText(errno), GetKind(errno));

    /// <summary>The text of the C library.</summary>
    public static string GetText(int errno) => new Win32Exception(errno).Message;

    private static NativeErrorKind GetKind(int errno) => errno switch
    {
        LinuxConstants.ENOSPC or LinuxConstants.EDQUOT => NativeErrorKind.NoSpace,
        LinuxConstants.ENFILE or LinuxConstants.EMFILE => NativeErrorKind.TooManyFiles,
        LinuxConstants.EIO => NativeErrorKind.InputOutput,
        LinuxConstants.EINVAL or LinuxConstants.ENOSYS or LinuxConstants.EOPNOTSUPP or LinuxConstants.ENODEV or LinuxConstants.ESPIPE
            => NativeErrorKind.NotSupported,
        _ => NativeErrorKind.Other,
    };
}
