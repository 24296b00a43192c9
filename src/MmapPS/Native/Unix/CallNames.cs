namespace MmapPS.Native.Unix;

/// <summary>How a system names the numbers that calls take.</summary>
/// <param name="Map">MAP_*.</param>
/// <param name="Sync">MS_*.</param>
/// <param name="Advice">MADV_*.</param>
internal sealed record CallNames(FlagNames Map, FlagNames Sync, FlagNames Advice)
{
    /// <summary>Those of this system.</summary>
    public static CallNames Current => Platform.Names;

    /// <summary>PROT_*.</summary>
    public static FlagNames Protection { get; } = new(
        "PROT_", (0, "NONE"), (UnixConstants.ProtRead, "READ"), (UnixConstants.ProtWrite, "WRITE"), (UnixConstants.ProtExec, "EXEC"));

    private static UnixPlatform Platform => (UnixPlatform)MemoryPlatform.Current;

    /// <summary>What a call gave that is 0 or failed, such as <c>-1 ENOMEM</c>.</summary>
    public static string Result(int errno) => errno == 0 ? "0" : "-1 " + Platform.NameOf(errno);

    /// <summary>What a call gave that is an address or failed.</summary>
    public static string Result(nint address, int errno) => errno == 0 ? NativeTrace.Address(address) : Result(errno);
}
