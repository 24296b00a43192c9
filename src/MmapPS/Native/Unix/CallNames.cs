using System;
using System.Globalization;

namespace MmapPS.Native.Unix;

/// <summary>How a system names the numbers that calls take.</summary>
/// <param name="Map">MAP_*.</param>
/// <param name="Sync">MS_*.</param>
/// <param name="Advice">MADV_*.</param>
/// <param name="Open">O_* but for the way of access.</param>
/// <param name="Error">The name of an error number.</param>
internal sealed record CallNames(FlagNames Map, FlagNames Sync, FlagNames Advice, FlagNames Open, Func<int, string> Error)
{
    /// <summary>Those of this system, which its platform sets before it makes a call.</summary>
    public static CallNames Current { get; set; } = new(
        new FlagNames("MAP_"),
        new FlagNames("MS_"),
        new FlagNames("MADV_"),
        new FlagNames("O_"),
        errno => "errno " + errno.ToString(CultureInfo.InvariantCulture));

    /// <summary>PROT_*.</summary>
    public static FlagNames Protection { get; } = new(
        "PROT_", (0, "NONE"), (UnixConstants.ProtRead, "READ"), (UnixConstants.ProtWrite, "WRITE"), (UnixConstants.ProtExec, "EXEC"));

    /// <summary>What open(2) takes, or F_GETFL gave.</summary>
    public static string OpenFlags(int flags)
    {
        const int AccessMask = 3; // O_ACCMODE
        string access = (flags & AccessMask) switch { 0 => "O_RDONLY", 1 => "O_WRONLY", _ => "O_RDWR" };
        int others = flags & ~AccessMask;
        return others == 0 ? access : access + "|" + Current.Open.Bits(others);
    }

    /// <summary>Permissions as C writes them, such as <c>0600</c>.</summary>
    public static string Mode(int bits) => "0" + Convert.ToString(bits, 8);

    /// <summary>What a call gave that is 0 or failed, such as <c>-1 ENOMEM</c>.</summary>
    public static string Result(int errno) => errno == 0 ? "0" : "-1 " + Current.Error(errno);

    /// <summary>What a call gave that is a count, an open file's number or the like, or failed.</summary>
    public static string Count(long count, int errno) =>
        errno == 0 ? count.ToString(CultureInfo.InvariantCulture) : Result(errno);

    /// <summary>What a call gave that is an address or failed.</summary>
    public static string Result(nint address, int errno) => errno == 0 ? NativeTrace.Address(address) : Result(errno);
}
