using System;
using System.Globalization;

namespace MmapPS.Native.Unix;

/// <summary>A system's names of the numbers in calls.</summary>
/// <param name="Map">MAP_*.</param>
/// <param name="Sync">MS_*.</param>
/// <param name="Advice">MADV_*.</param>
/// <param name="Open">O_* except the access mode.</param>
/// <param name="Error">The name of an error number.</param>
internal sealed record CallNames(FlagNames Map, FlagNames Sync, FlagNames Advice, FlagNames Open, Func<int, string> Error)
{
    /// <summary>Those of this system; the platform sets them before it makes a call.</summary>
    public static CallNames Current { get; set; } = new(
        new FlagNames("MAP_"),
        new FlagNames("MS_"),
        new FlagNames("MADV_"),
        new FlagNames("O_"),
        errno => "errno " + errno.ToString(CultureInfo.InvariantCulture));

    /// <summary>PROT_*.</summary>
    public static FlagNames Protection { get; } = new(
        "PROT_", (0, "NONE"), (UnixConstants.ProtRead, "READ"), (UnixConstants.ProtWrite, "WRITE"), (UnixConstants.ProtExec, "EXEC"));

    /// <summary>The flags of open(2), or from F_GETFL.</summary>
    public static string OpenFlags(int flags)
    {
        const int AccessMask = 3; // O_ACCMODE
        string access = (flags & AccessMask) switch { 0 => "O_RDONLY", 1 => "O_WRONLY", _ => "O_RDWR" };
        int others = flags & ~AccessMask;
        return others == 0 ? access : access + "|" + Current.Open.Bits(others);
    }

    /// <summary>Permissions in C syntax, such as <c>0600</c>.</summary>
    public static string Mode(int bits) => "0" + Convert.ToString(bits, 8);

    /// <summary>The result of a call that returns 0 or fails, such as <c>-1 ENOMEM</c>.</summary>
    public static string Result(int errno) => errno == 0 ? "0" : "-1 " + Current.Error(errno);

    /// <summary>The result of a call that returns a count, a file descriptor or the like, or fails.</summary>
    public static string Count(long count, int errno) =>
        errno == 0 ? count.ToString(CultureInfo.InvariantCulture) : Result(errno);

    /// <summary>The result of a call that returns an address or fails.</summary>
    public static string Result(nint address, int errno) => errno == 0 ? NativeTrace.Address(address) : Result(errno);
}
