using System;
using MmapPS.Native;
using MmapPS.Native.Windows;
using MmapPS.Native.Windows.Calls;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>The numbers of Windows, from the headers of its SDK.</summary>
public class WindowsNumbersTests
{
    private static readonly ConstantTable Constants = new(
        """
        winnt.h
          PageNoAccess PAGE_NOACCESS 0x01
          PageReadOnly PAGE_READONLY 0x02
          PageReadWrite PAGE_READWRITE 0x04
          PageWriteCopy PAGE_WRITECOPY 0x08
          PageExecute PAGE_EXECUTE 0x10
          PageExecuteRead PAGE_EXECUTE_READ 0x20
          PageExecuteReadWrite PAGE_EXECUTE_READWRITE 0x40
          PageExecuteWriteCopy PAGE_EXECUTE_WRITECOPY 0x80
          PageGuard PAGE_GUARD 0x100
          SecCommit SEC_COMMIT 0x8000000
          SecLargePages SEC_LARGE_PAGES 0x80000000
          MemCommit MEM_COMMIT 0x1000
          MemReserve MEM_RESERVE 0x2000
          MemDecommit MEM_DECOMMIT 0x4000
          MemFree MEM_FREE 0x10000
          MemPrivate MEM_PRIVATE 0x20000
          MemMapped MEM_MAPPED 0x40000
          MemReset MEM_RESET 0x80000
          MemRelease MEM_RELEASE 0x8000
          MemLargePages MEM_LARGE_PAGES 0x20000000
          GenericRead GENERIC_READ 0x80000000
          GenericWrite GENERIC_WRITE 0x40000000
          GenericExecute GENERIC_EXECUTE 0x20000000
          FileShareRead FILE_SHARE_READ 0x1
          FileShareWrite FILE_SHARE_WRITE 0x2
          FileShareDelete FILE_SHARE_DELETE 0x4
          TokenQuery TOKEN_QUERY 0x8
          TokenAdjustPrivileges TOKEN_ADJUST_PRIVILEGES 0x20
          PrivilegeEnabled SE_PRIVILEGE_ENABLED 0x2
          ProcessQueryInformation PROCESS_QUERY_INFORMATION 0x400
        memoryapi.h
          FileMapCopy FILE_MAP_COPY 0x1
          FileMapWrite FILE_MAP_WRITE 0x2
          FileMapRead FILE_MAP_READ 0x4
          FileMapExecute FILE_MAP_EXECUTE 0x20
          FileMapLargePages FILE_MAP_LARGE_PAGES 0x20000000
        winbase.h
          FileTypeDisk FILE_TYPE_DISK 0x1
          FileTypePipe FILE_TYPE_PIPE 0x3
        minwinbase.h
          FileAllocationInfo FileAllocationInfo 5
          FileEndOfFileInfo FileEndOfFileInfo 6
        fileapi.h
          CreateNew CREATE_NEW 1
          OpenExisting OPEN_EXISTING 3
        winioctl.h
          FsctlSetSparse FSCTL_SET_SPARSE 0x900C4
          FsctlSetZeroData FSCTL_SET_ZERO_DATA 0x980C8
        psapi.h
          PageValid Valid:1 0x1
          PageLocked Locked:1 0x400000
          PageLarge LargePage:1 0x800000
        winerror.h
          InvalidFunction ERROR_INVALID_FUNCTION 1
          FileNotFound ERROR_FILE_NOT_FOUND 2
          AccessDenied ERROR_ACCESS_DENIED 5
          NotEnoughMemory ERROR_NOT_ENOUGH_MEMORY 8
          AlreadyExists ERROR_ALREADY_EXISTS 183
          Crc ERROR_CRC 23
          GeneralFailure ERROR_GEN_FAILURE 31
          LockViolation ERROR_LOCK_VIOLATION 33
          HandleEndOfFile ERROR_HANDLE_EOF 38
          HandleDiskFull ERROR_HANDLE_DISK_FULL 39
          NotSupported ERROR_NOT_SUPPORTED 50
          InvalidParameter ERROR_INVALID_PARAMETER 87
          DiskFull ERROR_DISK_FULL 112
          CallNotImplemented ERROR_CALL_NOT_IMPLEMENTED 120
          InvalidName ERROR_INVALID_NAME 123
          NotLocked ERROR_NOT_LOCKED 158
          PartialCopy ERROR_PARTIAL_COPY 299
          InvalidAddress ERROR_INVALID_ADDRESS 487
          NoAccess ERROR_NOACCESS 998
          FileInvalid ERROR_FILE_INVALID 1006
          IoDevice ERROR_IO_DEVICE 1117
          MappedAlignment ERROR_MAPPED_ALIGNMENT 1132
          UserMappedFile ERROR_USER_MAPPED_FILE 1224
          DiskQuotaExceeded ERROR_DISK_QUOTA_EXCEEDED 1295
          NotAllAssigned ERROR_NOT_ALL_ASSIGNED 1300
          PrivilegeNotHeld ERROR_PRIVILEGE_NOT_HELD 1314
          NoSystemResources ERROR_NO_SYSTEM_RESOURCES 1450
          WorkingSetQuota ERROR_WORKING_SET_QUOTA 1453
          CommitmentLimit ERROR_COMMITMENT_LIMIT 1455
        """);

    [Fact]
    public void Constants_are_those_of_the_headers() => Constants.AssertIs(typeof(WindowsConstants));

    [Theory]
    [InlineData(5, "ERROR_ACCESS_DENIED")]
    [InlineData(32, "ERROR_SHARING_VIOLATION")]
    [InlineData(33, "ERROR_LOCK_VIOLATION")]
    [InlineData(112, "ERROR_DISK_FULL")]
    [InlineData(299, "ERROR_PARTIAL_COPY")]
    [InlineData(487, "ERROR_INVALID_ADDRESS")]
    [InlineData(1006, "ERROR_FILE_INVALID")]
    [InlineData(1132, "ERROR_MAPPED_ALIGNMENT")]
    [InlineData(1224, "ERROR_USER_MAPPED_FILE")]
    [InlineData(1450, "ERROR_NO_SYSTEM_RESOURCES")]
    [InlineData(1453, "ERROR_WORKING_SET_QUOTA")]
    [InlineData(1455, "ERROR_COMMITMENT_LIMIT")]
    [InlineData(9999, "ERROR_9999")]
    public void Errors_have_their_names(int code, string name) => Assert.Equal(name, WindowsErrors.GetName(code));

    [Theory]
    [InlineData(112, "NoSpace")]
    [InlineData(39, "NoSpace")]
    [InlineData(1295, "NoSpace")]
    [InlineData(1117, "InputOutput")]
    [InlineData(50, "NotSupported")]
    [InlineData(5, "Other")]
    public void Errors_have_their_kinds(int code, string kind) =>
        Assert.Equal(Enum.Parse<NativeErrorKind>(kind), WindowsErrors.Describe("f", code).Kind);

    [Theory]
    [InlineData(unchecked((int)0x80070020), 32)]
    [InlineData(unchecked((int)0x80131620), unchecked((int)0x80131620))]
    public void A_code_is_taken_out_of_a_result(int result, int code) => Assert.Equal(code, WindowsErrors.FromHResult(result));

    [Theory]
    [InlineData(MemoryProtection.None, false, 0x01u, 0x4u)]
    [InlineData(MemoryProtection.Read, false, 0x02u, 0x4u)]
    [InlineData(MemoryProtection.Read, true, 0x02u, 0x4u)]
    [InlineData(MemoryProtection.Write, false, 0x04u, 0x6u)]
    [InlineData(MemoryProtection.Read | MemoryProtection.Write, false, 0x04u, 0x6u)]
    [InlineData(MemoryProtection.Read | MemoryProtection.Write, true, 0x08u, 0x1u)]
    [InlineData(MemoryProtection.Execute, false, 0x10u, 0x24u)]
    [InlineData(MemoryProtection.Read | MemoryProtection.Execute, true, 0x20u, 0x24u)]
    [InlineData(MemoryProtection.Write | MemoryProtection.Execute, false, 0x40u, 0x26u)]
    [InlineData(MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute, true, 0x80u, 0x21u)]
    public void Protections_become_pages_and_views(MemoryProtection protection, bool copyOnWrite, uint page, uint view)
    {
        Assert.Equal(page, PageProtection.From(protection, copyOnWrite));
        Assert.Equal(view, PageProtection.GetViewAccess(protection, copyOnWrite));
    }

    [Theory]
    [InlineData(0u, "---")]
    [InlineData(0x01u, "---")]
    [InlineData(0x02u, "r--")]
    [InlineData(0x04u, "rw-")]
    [InlineData(0x08u, "rw-")]
    [InlineData(0x10u, "--x")]
    [InlineData(0x20u, "r-x")]
    [InlineData(0x40u, "rwx")]
    [InlineData(0x80u, "rwx")]
    [InlineData(0x104u, "---")]
    [InlineData(0x204u, "rw-")]
    public void Protections_have_their_text(uint protection, string text) => Assert.Equal(text, PageProtection.GetText(protection));

    [Theory]
    [InlineData(0x40000u, 0x04u, true, false)]
    [InlineData(0x40000u, 0x02u, true, false)]
    [InlineData(0x40000u, 0x08u, false, true)]
    [InlineData(0x40000u, 0x80u, false, true)]
    [InlineData(0x20000u, 0x04u, false, false)]
    [InlineData(0x1000000u, 0x80u, false, false)]
    public void Views_are_shared_or_keep_changes(uint type, uint first, bool shared, bool copyOnWrite)
    {
        var pages = new VirtualQuery.MemoryInformation { Type = type, AllocationProtection = first };
        Assert.Equal((shared, copyOnWrite), (pages.IsShared, pages.IsCopyOnWrite));
    }

    [Theory]
    [InlineData(0x800001u, true, false, true)]
    [InlineData(0x400001u, true, true, false)]
    [InlineData(0xC00000u, false, false, false)]
    public void Bits_of_a_page_count_where_it_is_valid(uint flags, bool valid, bool locked, bool large)
    {
        var page = new QueryWorkingSet.Page { Flags = flags };
        Assert.Equal((valid, locked, large), (page.IsValid, page.IsLocked, page.IsLarge));
    }

    [Theory]
    [InlineData(@"\Device\HarddiskVolume3\Users\a.bin", @"C:\Users\a.bin")]
    [InlineData(@"\device\harddiskvolume3\a", @"C:\a")]
    [InlineData(@"\Device\HarddiskVolume31\a", @"\Device\HarddiskVolume31\a")]
    [InlineData(@"\Device\Mup\server\share\a", @"\\server\share\a")]
    [InlineData(@"\??\D:\a", @"D:\a")]
    public void Paths_of_devices_become_those_of_drives(string path, string expected) =>
        Assert.Equal(expected, new DevicePaths([(@"\Device\HarddiskVolume3\", @"C:\")]).ToUserPath(path));

    /// <summary>minwinbase.h, sysinfoapi.h, memoryapi.h, psapi.h and winnt.h with 64-bit pointers.</summary>
    [Fact]
    public void Structs_are_laid_out_as_the_headers_have_them()
    {
        Layout.AssertIs(typeof(ReadFile), "Overlapped", 32, ("OffsetLow", 16), ("OffsetHigh", 20), ("Event", 24));
        Layout.AssertIs(typeof(GetFileInformation), "Result", 52, ("Volume", 28), ("IndexHigh", 44), ("IndexLow", 48));
        Layout.AssertIs(typeof(GetSystemInfo), "SystemInfo", 48, ("PageSize", 4), ("AllocationGranularity", 40));
        Layout.AssertIs(typeof(PrefetchVirtualMemory), "MemoryRange", 16, ("Address", 0), ("Length", 8));
        Layout.AssertIs(typeof(VirtualQuery), "MemoryInformation", 48, ("Allocation", 8), ("Length", 24), ("Protection", 36), ("Type", 40));
        Layout.AssertIs(typeof(QueryWorkingSet), "Page", 16, ("Address", 0), ("Flags", 8));
        Layout.AssertIs(typeof(LockMemoryPrivilege), "TokenPrivileges", 16, ("Luid", 4), ("Attributes", 12));
    }
}
