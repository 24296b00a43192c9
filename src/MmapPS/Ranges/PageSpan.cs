using System;
using System.Collections.Generic;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Ranges;

/// <summary>Whole pages of a mapping.</summary>
/// <param name="Subject">Name of the region, for messages.</param>
/// <param name="Address">Their address, aligned to a page.</param>
/// <param name="Length">Their length in bytes.</param>
/// <param name="Sharing">Who sees changes.</param>
/// <param name="File">Their file, or null.</param>
/// <param name="FileOffset">Their offset in the file, in bytes.</param>
internal readonly record struct PageSpan(
    string Subject, nint Address, long Length, MapSharing Sharing, SafeFileHandle? File, long FileOffset)
{
    /// <summary>The address behind the last byte.</summary>
    public nint End => Address + (nint)Length;

    /// <summary>The part of the file that the pages show, or null without a file.</summary>
    public FileSpan? InFile => File is null ? null : new FileSpan(Subject, File, FileOffset, Length);

    /// <summary>Some of the pages.</summary>
    /// <param name="start">Where they start, in bytes from the first page's start.</param>
    /// <param name="length">Their length in bytes.</param>
    public PageSpan Slice(long start, long length) =>
        this with { Address = Address + (nint)start, Length = length, FileOffset = FileOffset + start };

    /// <summary>The pages in parts of one size, the last of which may be shorter.</summary>
    /// <param name="size">Bytes of a part.</param>
    public IEnumerable<PageSpan> Parts(long size)
    {
        for (long done = 0; done < Length; done += size)
        {
            yield return Slice(done, Math.Min(size, Length - done));
        }
    }
}
