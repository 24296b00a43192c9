using System.Collections.Generic;
using System.Linq;

namespace MmapPS.Resources;

/// <content>Making, protecting, resizing and removing mappings.</content>
internal static partial class Messages
{
    public static string AnonymousMemory() => "anonymous memory";

    public static string AnonymousRegion(long id) => Text($"anonymous region {id}");

    public static string AddressSpace(string subject, long length) =>
        Text($"Length {length} is more than can be mapped of {subject}.");

    public static string AddressOutside(long address) =>
        Text($"Address {address} is not valid for a region. Give a positive address, or leave -Address and -Fixed out.");

    public static string AddressUnaligned(long address, long granularity, long nearest) =>
        Text(
            $"The region cannot start exactly at address 0x{address:x}: its offset within a page of {Bytes(granularity)} must be "
            + $"that of -Offset. The nearest address below is 0x{nearest:x}.");

    public static string RegionClosed(string subject, int id, RegionKind kind)
    {
        string next = kind switch
        {
            RegionKind.File or RegionKind.Device => "New-MemoryMap maps it again.",
            RegionKind.Named => "New-MemoryMap -Name opens the memory again as long as its name exists.",
            _ => "Its bytes are gone; New-MemoryMap makes new memory.",
        };
        return Text($"Region {id} of {subject} was removed. {next}");
    }

    public static string RegionNotFound(string text) =>
        Text($"No open region has the path or name '{Shorten(text)}'. Get-MemoryMap lists the open ones.");

    public static string RegionUnknown(int id) =>
        Text($"There is no open region with Id {id}. Get-MemoryMap lists the open ones.");

    public static string NotReadable(string subject, string protection) =>
        Text($"{subject} is mapped with -Protection {protection}, which does not allow reading. Map it with Read.");

    public static string NotWritable(string subject, string protection) =>
        Text($"{subject} is mapped with -Protection {protection}, which does not allow writing. Map it with Read,Write.");

    public static string NoMemoryToMap(string subject, long length, bool reserves) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be mapped: there is not enough memory, or no free range of addresses in this "
            + $"process. Give a smaller -Length{(reserves ? ", or map with -Option NoReserve to use few of them" : string.Empty)}.");

    public static string SystemNotSupported(string system, string architecture) =>
        Text($"MmapPS does not run on {system} ({architecture}) yet. It runs on Linux, Windows and macOS in 64-bit processes.");

    public static string SystemError(string function, string subject, string name, string text) =>
        Text($"{function} failed for {subject}: {text} ({name}).");

    public static string CopyOnWrite() =>
        "CopyOnWrite is not a protection. Map with -Protection Read,Write -Sharing Private: changes then stay with this process.";

    public static string MapDenied(string subject, string protection, string sharing) =>
        Text(
            $"The system refused to map {subject} with -Protection {protection} -Sharing {sharing}: the file's permissions or its "
            + $"file system's mount options do not allow it.");

    public static string AddressTaken(long address, long length) =>
        Text(
            $"Something is already mapped within the {Bytes(length)} from address 0x{address:x} on. Choose another -Address, or leave "
            + $"-Fixed out to let the system choose.");

    public static string SyncNeedsSharedFile(string subject) =>
        Text(
            $"{subject} cannot be mapped with -Option Sync: that needs a shared mapping of a file on persistent memory (DAX). Leave "
            + $"it out and use Sync-MemoryMap.");

    public static string HugePagesNeedPool(string subject) =>
        Text(
            $"{subject} cannot be mapped with -Option HugePages: a file must be on hugetlbfs for that, and then needs no option. Use "
            + $"-Anonymous for huge pages of the pool.");

    public static string HugePageSizeUnknown(long size, IReadOnlyList<long> sizes) => sizes.Count == 0
        ? Text($"This kernel has no huge pages, so none of {Bytes(size)}.")
        : Text($"This kernel has no huge pages of {Bytes(size)}. It has {string.Join(", ", sizes.Select(Invariant))}.");

    public static string UninitializedIgnored() =>
        "-Option Uninitialized was passed on, but kernels with a memory management unit ignore it: the memory is zeroed.";

    public static string UninitializedUnknown(string system) =>
        Text($"-Option Uninitialized has no effect: {system} zeroes all memory.");

    public static string OptionUnknown(string subject, MapOptions options, string system) =>
        Text($"{subject} cannot be mapped with -Option {options}: {system} does not have it. Leave it out.");

    public static string GrowsDownUnknown(string subject, string system) =>
        Text(
            $"{subject} cannot be mapped with -Option GrowsDown: on {system} only the stacks of threads grow by themselves. Map "
            + $"the largest length that you need.");

    public static string SyncUnknown(string subject, string system) =>
        Text(
            $"{subject} cannot be mapped with -Option Sync: {system} has no mappings that are durable by themselves. Leave it out and "
            + $"use Sync-MemoryMap.");

    public static string NoReserveUnknown(string subject, string system) =>
        Text(
            $"{subject} cannot be mapped with -Option NoReserve: {system} reserves the storage of memory when it maps it. Map a file "
            + $"with -Sharing Shared, which reserves nothing, or leave the option out.");

    public static string HugePagesNeedMemory(string subject, string system) =>
        Text($"{subject} cannot be mapped with -Option HugePages: {system} has no huge pages for files. Leave it out, or use -Anonymous.");

    public static string HugePagePool(string subject, long pages, long pageSize, long free, long total, string pool) =>
        Text(
            $"{subject} needs {Count(pages, "huge page")} of {Bytes(pageSize)}, and the hugepage pool has {free} free of {total}. Enlarge "
            + $"it as root: echo {total - free + pages} > {pool}/nr_hugepages");

    public static string MapCount(string subject, long count, long maximum, long reserve) =>
        Text(
            $"{subject} cannot be mapped: this process has {Count(count, "mapping")}, and vm.max_map_count allows {maximum}, "
            + $"of which {reserve} are reserved for the runtime. Remove regions, or raise it as root with sysctl -w vm.max_map_count=N.");

    public static string AddressSpaceLimit(string subject, long length, long limit) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be mapped: RLIMIT_AS allows this process {Bytes(limit)} of address space. Raise "
            + $"it with ulimit -v.");

    public static string ActionMap() => "Map into memory";

    public static string ActionCreate(decimal end) => Text($"Create with {Bytes(end)} if missing and map into memory");

    public static string ActionExtend(decimal end) => Text($"Extend to {Bytes(end)} if shorter and map into memory");

    public static string ActionRemove() => "Unmap";

    public static string StateOpen() => "Open";

    public static string StateRemoved() => "Removed";

    public static string MissingHere(string what, string system, string instead) =>
        Text($"{what} is not available on {system}. {instead}");

    public static string NoSecret() => "This system has no secret memory. Use -Anonymous -Option Locked.";

    public static string SecretTakesNoOptions() =>
        "-Secret memory is always private, locked, readable and writable, at an address that the system chooses. Leave other options out; "
        + "Protect-MemoryMap changes its protection.";

    public static string ProtectDenied(string subject, string protection) =>
        Text(
            $"{subject} cannot be given -Protection {protection}: its file was opened with fewer permissions, or its file system "
            + $"forbids it. Map it again with that protection.");

    public static string WriteAndExecute(string subject) =>
        Text($"{subject} may now be both written and executed, which makes an attack easier. Give Write and Execute one after the other.");

    public static string RangeNotReadable(string subject, long at) =>
        Text($"Offset {at} of {subject} may not be read. Allow it with Protect-MemoryMap -Protection Read.");

    public static string RangeNotWritable(string subject, long at) =>
        Text($"Offset {at} of {subject} may not be written. Allow it with Protect-MemoryMap -Protection Read,Write.");

    public static string HugeNotResizable(string subject) =>
        Text($"{subject} is made of huge pages, which cannot be resized. Map another region and copy.");

    public static string RegionEmptied(string subject, string reason) =>
        Text($"{reason} {subject} was unmapped to truncate its file, and its region is empty now. Give it a length with Resize-MemoryMap.");

    public static string PiecesNotResizable(string subject) =>
        Text(
            $"{subject} has parts with different protection, locking or advice, so it cannot be resized as a whole. Make them alike "
            + $"first.");

    public static string SharedMemoryNotGrowable(string subject) =>
        Text($"{subject} is shared memory of fixed length, which cannot grow. Map it with -Sharing Private, or by -Name or -Path.");

    public static string SecretNotResizable(string subject) =>
        Text($"{subject} is secret memory, which is never given back in parts. Map another -Secret region and copy.");

    public static string DeviceNotResizable(string subject) =>
        Text($"{subject} is a device; its region cannot be resized. Map it again with another -Length.");

    public static string PrivateBeyondFile(string subject, long offset, long length, long fileLength) =>
        Text(
            $"{subject} is mapped with -Sharing Private, which never changes the file: offset {offset} with {Bytes(length)} would end "
            + $"past the file's {Bytes(fileLength)}.");

    public static string TruncateNeedsFile(string subject) =>
        Text($"-TruncateFile shortens the file behind a shared region, but {subject} is not one.");

    public static string NoFileToReach(string subject) =>
        Text($"-ToFile gives a region the length of its file, but {subject} has no file with a length. Give -Length.");

    public static string ActionProtect(string protection) => Text($"Set protection to {protection}");

    public static string ActionResize(long length) => Text($"Resize to {Bytes(length)}");

    public static string ActionResizeAndTruncate(long length, decimal end) =>
        Text($"Resize to {Bytes(length)} and truncate the file to {Bytes(end)}");

    public static string FixedNotResizable(string subject, string system) =>
        Text($"{subject} was mapped with -Fixed and cannot grow at its address on {system}. Map it without -Fixed, or longer.");

    public static string FixedCannotGrow(string subject, long address, long length) =>
        Text(
            $"{subject} was mapped with -Fixed, so it cannot move, and other memory lies within the {Bytes(length)} from its address "
            + $"0x{address:x} on. Remove that memory, or map the region again without -Fixed.");

    public static string PrivateNotResizable(string subject, string system) =>
        Text(
            $"{subject} is mapped with -Sharing Private, and {system} cannot resize such a mapping without losing its changes. "
            + $"Map it again with another -Length.");
}
