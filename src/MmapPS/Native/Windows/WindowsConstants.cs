namespace MmapPS.Native.Windows;

/// <summary>Numbers of the Windows SDK: winnt.h, memoryapi.h, fileapi.h, winbase.h, psapi.h, winioctl.h, winerror.h.</summary>
internal static partial class WindowsConstants
{
    public const uint PageNoAccess = 0x01;
    public const uint PageReadOnly = 0x02;
    public const uint PageReadWrite = 0x04;
    public const uint PageWriteCopy = 0x08;
    public const uint PageExecute = 0x10;
    public const uint PageExecuteRead = 0x20;
    public const uint PageExecuteReadWrite = 0x40;
    public const uint PageExecuteWriteCopy = 0x80;
    public const uint PageGuard = 0x100;

    public const uint SecCommit = 0x08000000;
    public const uint SecLargePages = 0x80000000;

    public const uint FileMapCopy = 0x01;
    public const uint FileMapWrite = 0x02;
    public const uint FileMapRead = 0x04;
    public const uint FileMapExecute = 0x20;
    public const uint FileMapLargePages = 0x20000000;

    public const uint MemCommit = 0x1000;
    public const uint MemReserve = 0x2000;
    public const uint MemDecommit = 0x4000;
    public const uint MemRelease = 0x8000;
    public const uint MemFree = 0x10000;
    public const uint MemPrivate = 0x20000;
    public const uint MemMapped = 0x40000;
    public const uint MemReset = 0x80000;
    public const uint MemLargePages = 0x20000000;

    public const uint CreateNew = 1;
    public const uint OpenExisting = 3;

    public const uint GenericExecute = 0x20000000;
    public const uint GenericWrite = 0x40000000;
    public const uint GenericRead = 0x80000000;

    public const uint FileShareRead = 0x1;
    public const uint FileShareWrite = 0x2;
    public const uint FileShareDelete = 0x4;

    public const uint FileTypeDisk = 0x1;
    public const uint FileTypePipe = 0x3;

    public const int AlreadyExists = 183;
    public const int FileAllocationInfo = 5;
    public const int FileEndOfFileInfo = 6;

    public const uint FsctlSetSparse = 0x900C4;
    public const uint FsctlSetZeroData = 0x980C8;

    public const uint ProcessQueryInformation = 0x400;

    // The bits of PSAPI_WORKING_SET_EX_BLOCK, psapi.h
    public const uint PageValid = 1 << 0;
    public const uint PageLocked = 1 << 22;
    public const uint PageLarge = 1 << 23;

    public const uint TokenQuery = 0x8;
    public const uint TokenAdjustPrivileges = 0x20;
    public const uint PrivilegeEnabled = 0x2;

    public const int InvalidFunction = 1;
    public const int FileNotFound = 2;
    public const int AccessDenied = 5;
    public const int NotEnoughMemory = 8;
    public const int Crc = 23;
    public const int GeneralFailure = 31;
    public const int LockViolation = 33;
    public const int HandleEndOfFile = 38;
    public const int HandleDiskFull = 39;
    public const int NotSupported = 50;
    public const int InvalidParameter = 87;
    public const int DiskFull = 112;
    public const int CallNotImplemented = 120;
    public const int InvalidName = 123;
    public const int NotLocked = 158;
    public const int PartialCopy = 299;
    public const int InvalidAddress = 487;
    public const int NoAccess = 998;
    public const int FileInvalid = 1006;
    public const int IoDevice = 1117;
    public const int MappedAlignment = 1132;
    public const int UserMappedFile = 1224;
    public const int DiskQuotaExceeded = 1295;
    public const int NotAllAssigned = 1300;
    public const int PrivilegeNotHeld = 1314;
    public const int NoSystemResources = 1450;
    public const int WorkingSetQuota = 1453;
    public const int CommitmentLimit = 1455;
}
