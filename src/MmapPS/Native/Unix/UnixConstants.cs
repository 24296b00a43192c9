namespace MmapPS.Native.Unix;

/// <summary>
/// Numbers that are the same on Linux (include/uapi/asm-generic/{mman-common.h,resource.h}, include/uapi/linux/stat.h) and
/// macOS (sys/mman.h, sys/resource.h, sys/_types/_s_ifmt.h).
/// </summary>
internal static class UnixConstants
{
    public const int ProtRead = 0x1;
    public const int ProtWrite = 0x2;
    public const int ProtExec = 0x4;

    public const int MsAsync = 1;
    public const int MsInvalidate = 2;

    public const int ModeTypeMask = 0xF000;
    public const int ModePipe = 0x1000;
    public const int ModeCharacterDevice = 0x2000;
    public const int ModeDirectory = 0x4000;
    public const int ModeBlockDevice = 0x6000;
    public const int ModeRegular = 0x8000;
    public const int ModeSocket = 0xC000;

    public const int LimitFileSize = 1;
}
