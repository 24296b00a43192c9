using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using MmapPS.Resources;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <summary>Names of Windows error codes; winerror.h.</summary>
internal static class WindowsErrors
{
    // HRESULT_FROM_WIN32: FACILITY_WIN32 with the failure bit.
    private const uint Win32Facility = 0x80070000;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "ERROR_INVALID_FUNCTION",
        [2] = "ERROR_FILE_NOT_FOUND",
        [3] = "ERROR_PATH_NOT_FOUND",
        [4] = "ERROR_TOO_MANY_OPEN_FILES",
        [5] = "ERROR_ACCESS_DENIED",
        [6] = "ERROR_INVALID_HANDLE",
        [8] = "ERROR_NOT_ENOUGH_MEMORY",
        [14] = "ERROR_OUTOFMEMORY",
        [15] = "ERROR_INVALID_DRIVE",
        [19] = "ERROR_WRITE_PROTECT",
        [21] = "ERROR_NOT_READY",
        [23] = "ERROR_CRC",
        [27] = "ERROR_SECTOR_NOT_FOUND",
        [29] = "ERROR_WRITE_FAULT",
        [30] = "ERROR_READ_FAULT",
        [31] = "ERROR_GEN_FAILURE",
        [32] = "ERROR_SHARING_VIOLATION",
        [33] = "ERROR_LOCK_VIOLATION",
        [38] = "ERROR_HANDLE_EOF",
        [39] = "ERROR_HANDLE_DISK_FULL",
        [50] = "ERROR_NOT_SUPPORTED",
        [53] = "ERROR_BAD_NETPATH",
        [55] = "ERROR_DEV_NOT_EXIST",
        [59] = "ERROR_UNEXP_NET_ERR",
        [64] = "ERROR_NETNAME_DELETED",
        [67] = "ERROR_BAD_NET_NAME",
        [80] = "ERROR_FILE_EXISTS",
        [87] = "ERROR_INVALID_PARAMETER",
        [110] = "ERROR_OPEN_FAILED",
        [112] = "ERROR_DISK_FULL",
        [120] = "ERROR_CALL_NOT_IMPLEMENTED",
        [123] = "ERROR_INVALID_NAME",
        [158] = "ERROR_NOT_LOCKED",
        [161] = "ERROR_BAD_PATHNAME",
        [183] = "ERROR_ALREADY_EXISTS",
        [193] = "ERROR_BAD_EXE_FORMAT",
        [206] = "ERROR_FILENAME_EXCED_RANGE",
        [223] = "ERROR_FILE_TOO_LARGE",
        [299] = "ERROR_PARTIAL_COPY",
        [487] = "ERROR_INVALID_ADDRESS",
        [995] = "ERROR_OPERATION_ABORTED",
        [998] = "ERROR_NOACCESS",
        [999] = "ERROR_SWAPERROR",
        [1006] = "ERROR_FILE_INVALID",
        [1100] = "ERROR_END_OF_MEDIA",
        [1117] = "ERROR_IO_DEVICE",
        [1132] = "ERROR_MAPPED_ALIGNMENT",
        [1224] = "ERROR_USER_MAPPED_FILE",
        [1295] = "ERROR_DISK_QUOTA_EXCEEDED",
        [1300] = "ERROR_NOT_ALL_ASSIGNED",
        [1314] = "ERROR_PRIVILEGE_NOT_HELD",
        [1392] = "ERROR_FILE_CORRUPT",
        [1450] = "ERROR_NO_SYSTEM_RESOURCES",
        [1453] = "ERROR_WORKING_SET_QUOTA",
        [1454] = "ERROR_PAGEFILE_QUOTA",
        [1455] = "ERROR_COMMITMENT_LIMIT",
        [1816] = "ERROR_NOT_ENOUGH_QUOTA",
        [1920] = "ERROR_CANT_ACCESS_FILE",
        [1921] = "ERROR_CANT_RESOLVE_FILENAME",
    };

    /// <summary>The name, or ERROR_ and the number if the table has none.</summary>
    public static string GetName(int code) =>
        Names.TryGetValue(code, out string? name) ? name : "ERROR_" + code.ToString(CultureInfo.InvariantCulture);

    /// <summary>A code with its name, text and kind.</summary>
    public static NativeError Describe(string function, int code) =>
        new(function, GetName(code), new Win32Exception(code).Message, GetKind(code));

    /// <summary>The error of a code without further information.</summary>
    public static MappingException ToException(string function, int code, string subject)
    {
        NativeError error = Describe(function, code);
        return MappingException.FromSystem(function, error.Name, Messages.SystemError(function, subject, error.Name, error.Text));
    }

    /// <summary>The error code in the HResult of a .NET exception.</summary>
    public static int FromHResult(int result) => (result & 0xFFFF0000) == Win32Facility ? result & 0xFFFF : result;

    private static NativeErrorKind GetKind(int code) => code switch
    {
        DiskFull or HandleDiskFull or DiskQuotaExceeded => NativeErrorKind.NoSpace,
        Crc or GeneralFailure or IoDevice => NativeErrorKind.InputOutput,
        InvalidFunction or NotSupported or InvalidParameter or CallNotImplemented => NativeErrorKind.NotSupported,
        _ => NativeErrorKind.Other,
    };

    /// <summary>The result of a call that returns only success, such as <c>0 ERROR_ACCESS_DENIED</c>.</summary>
    public static string Result(int code) => code == 0 ? "1" : "0 " + GetName(code);

    /// <summary>The result of a call that opens a file, or INVALID_HANDLE_VALUE on failure.</summary>
    public static string File(nint handle, int code) => code == 0 ? Count(handle, code) : "-1 " + GetName(code);

    /// <summary>The result of a call that returns a count or a handle, or 0 on failure.</summary>
    public static string Count(long count, int code) => code == 0 ? count.ToString(CultureInfo.InvariantCulture) : Result(code);

    /// <summary>The result of a call that returns an address or fails.</summary>
    public static string Result(nint value, int code) => code == 0 ? NativeTrace.Address(value) : Result(code);
}
