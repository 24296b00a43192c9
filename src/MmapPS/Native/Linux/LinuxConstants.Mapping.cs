namespace MmapPS.Native.Linux;

/// <content>
/// Sources: include/uapi/linux/mman.h (MREMAP_*), include/uapi/asm-generic/{mman.h,mman-common.h,fcntl.h,unistd.h}.
/// </content>
internal static partial class LinuxConstants
{
    public const int MremapMayMove = 1;
    public const uint MlockOnFault = 1;
    public const int MadvDontDump = 16;

    public const int OpenReadOnly = 0;
    public const int OpenReadWrite = 2;
    public const int OpenCreate = 0x40;
    public const int OpenExclusive = 0x80;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    // The tables of x86-64 and asm-generic have the same numbers from 424 on.
    public const int SyscallMemfdSecret = 447;

    public const uint StatxUser = 0x8;
    public const uint StatxInode = 0x100;
    public const int AtEmptyPath = 0x1000;
}
