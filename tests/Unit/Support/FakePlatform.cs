using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Unit.Support;

/// <summary>
/// A system whose mappings are plain memory that moves with every resize, and whose calls can be refused one by one. Files are
/// real; what is written to a mapping stays out of them.
/// </summary>
internal sealed unsafe class FakePlatform : MemoryPlatform
{
    private readonly Dictionary<string, int> _calls = [];
    private readonly Dictionary<nint, Mapping> _mappings = [];

    /// <summary>The calls that are refused: a name for each of them, or with a number for one: "Resize 2".</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>Runs before a call, with its name.</summary>
    public Action<string> BeforeCall { get; set; } = _ => { };

    /// <summary>Bytes of all mappings.</summary>
    public long MappedSize
    {
        get
        {
            long size = 0;
            foreach (Mapping mapping in _mappings.Values)
            {
                size += mapping.Protections.Length * PageSize;
            }

            return size;
        }
    }

    public bool CutsMapped { get; init; } = true;

    public override bool CutsMappedFiles => CutsMapped;

    public override long PageSize => 4096;

    public override long Granularity => 4096;

    public override StringComparison PathComparison => StringComparison.Ordinal;

    public override bool FilesMatchMappings => false;

    /// <summary>Forgets how often calls were made.</summary>
    public void Recount() => _calls.Clear();

    /// <summary>What may be done with each page of the one mapping.</summary>
    public MemoryProtection[] GetProtections()
    {
        Assert(_mappings.Count == 1, "There is more than one mapping.");
        foreach (Mapping mapping in _mappings.Values)
        {
            return mapping.Protections;
        }

        return [];
    }

    /// <summary>Which pages of the one mapping are locked.</summary>
    public bool[] GetLocks()
    {
        Assert(_mappings.Count == 1, "There is more than one mapping.");
        foreach (Mapping mapping in _mappings.Values)
        {
            return mapping.Locked;
        }

        return [];
    }

    protected override MappingHandle MapHonoured(MapSpecification specification)
    {
        Call("Map");
        return new MappingHandle(Unmap, Allocate(specification.Length, specification.Protection), specification.Length);
    }

    public override void Resize(MappingHandle mapping, MapSpecification wanted)
    {
        Call("Resize");
        Mapping old = _mappings[mapping.Address];
        nint address = Allocate(wanted.Length, old.Protections[^1]);
        Mapping resized = _mappings[address];
        int pages = Math.Min(old.Protections.Length, resized.Protections.Length);
        Array.Copy(old.Protections, resized.Protections, pages);
        Buffer.MemoryCopy((void*)mapping.Address, (void*)address, pages * PageSize, pages * PageSize);
        Unmap(mapping.Address, mapping.Size);
        mapping.Relocate(address, wanted.Length);
    }

    /// <summary>Protects the first page before it may be refused, as a system that comes to a page it cannot protect.</summary>
    public override void Protect(PageSpan pages, MemoryProtection protection)
    {
        (Mapping mapping, int first, int count) = FindPages(pages);
        mapping.Protections[first] = protection;
        Call("Protect");
        Array.Fill(mapping.Protections, protection, first, count);
    }

    public override int CopyFromMemory(nint source, Span<byte> destination)
    {
        Find(source, destination.Length);
        new ReadOnlySpan<byte>((void*)source, destination.Length).CopyTo(destination);
        return destination.Length;
    }

    public override int CopyToMemory(nint destination, ReadOnlySpan<byte> source)
    {
        Find(destination, source.Length);
        source.CopyTo(new Span<byte>((void*)destination, source.Length));
        return source.Length;
    }

    public override long GetLength(SafeFileHandle file) => RandomAccess.GetLength(file);

    public override long Grow(string subject, FileStream file, long length, IWork work)
    {
        Call("Grow");
        return AppendZeros(file, length, work);
    }

    public override NativeError? SetLength(SafeFileHandle file, long length)
    {
        RandomAccess.SetLength(file, length);
        return null;
    }

    public override void Cut(string subject, SafeFileHandle file, long length)
    {
        Call("Cut");
        RandomAccess.SetLength(file, length);
    }

    public override int ReadFile(SafeFileHandle file, long offset, Span<byte> destination, out NativeError? error)
    {
        error = null;
        return RandomAccess.Read(file, destination, offset);
    }

    public override FileIdentity? Identify(SafeFileHandle file) => null;

    public override FileIdentity? Identify(string path) => null;

    public override void CloseFile(FileStream file) => file.Dispose();

    public override MapOptions HonouredOptions => Honours;

    public MapOptions Honours { get; init; }

    protected override string SystemName => "Nowhere";

    public override NativeError? FindStorageRefusal(SafeFileHandle file, long offset, long length) => null;

    public override NativeError? PunchHole(SafeFileHandle file, long offset, long length) => throw new NotSupportedException();

    public override NativeError DescribeWrite(IOException failure) => throw new NotSupportedException();

    public override FileStatus? FindStatus(string path) =>
        File.Exists(path) ? new FileStatus(FileType.Regular, Granularity, PageSize) : null;

    public override FileStatus GetStatus(SafeFileHandle file, string path) => new(FileType.Regular, Granularity, PageSize);

    protected override FileStream OpenFile(string path, FileRequest request) => OpenStream(path, request);

    public override long GetHugePageSize(long requested) => throw new NotSupportedException();

    public override MappingHandle MapSecret(MapSpecification specification, IWork work) => throw new NotSupportedException();

    public override NamedMemory OpenNamed(string name, long? length, FileAccess access, IWork work) =>
        throw new NotSupportedException();

    /// <summary>Locks the first page before it may be refused, as a system that comes to a page it cannot bring in.</summary>
    public override void Lock(PageSpan pages, bool onFault, long total)
    {
        (Mapping mapping, int first, int count) = FindPages(pages);
        mapping.Locked[first] = true;
        Call("Lock");
        Array.Fill(mapping.Locked, true, first, count);
    }

    public override void Unlock(PageSpan pages)
    {
        Call("Unlock");
        (Mapping mapping, int first, int count) = FindPages(pages);
        Array.Fill(mapping.Locked, false, first, count);
    }

    public override void Populate(MapSpecification specification, PageSpan pages)
    {
        Call("Populate");
        (Mapping mapping, int first, int count) = FindPages(pages);
        Array.Fill(mapping.Locked, (specification.Options & MapOptions.Locked) != 0, first, count);
    }

    public override void Synchronize(PageSpan pages, SyncModes mode) => throw new NotSupportedException();

    public override void WriteBack(PageSpan pages, long ahead) => throw new NotSupportedException();

    protected override bool WipeAndUnmap(nint address, long length) => throw new NotSupportedException();

    private void Call(string name)
    {
        BeforeCall(name);
        int number = _calls[name] = _calls.GetValueOrDefault(name) + 1;
        if (Refused.Contains(name) || Refused.Contains($"{name} {number}"))
        {
            throw MappingException.FromSystem(name, "EFAKE", $"{name} {number} was refused.");
        }
    }

    private nint Allocate(long length, MemoryProtection protection)
    {
        long pages = (length + PageSize - 1) / PageSize;
        nint address = (nint)NativeMemory.AlignedAlloc((nuint)(pages * PageSize), (nuint)PageSize);
        new Span<byte>((void*)address, (int)(pages * PageSize)).Clear();
        var protections = new MemoryProtection[pages];
        Array.Fill(protections, protection);
        _mappings[address] = new Mapping(protections, new bool[pages]);
        return address;
    }

    private bool Unmap(nint address, long size)
    {
        Assert(_mappings.Remove(address), "What is unmapped was not mapped.");
        NativeMemory.AlignedFree((void*)address);
        return true;
    }

    private (Mapping Mapping, int First, int Count) FindPages(PageSpan pages)
    {
        (nint start, Mapping mapping) = Find(pages.Address, pages.Length);
        return (mapping, (int)((pages.Address - start) / PageSize), (int)((pages.Length + PageSize - 1) / PageSize));
    }

    private (nint Start, Mapping Mapping) Find(nint address, long length)
    {
        foreach ((nint start, Mapping mapping) in _mappings)
        {
            if (address >= start && address + length <= start + mapping.Protections.Length * PageSize)
            {
                return (start, mapping);
            }
        }

        throw new InvalidOperationException("Memory that is not mapped was used.");
    }

    private static void Assert(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private sealed record Mapping(MemoryProtection[] Protections, bool[] Locked);
}
