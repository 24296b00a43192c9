using System;
using System.Collections.Generic;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Ranges;

/// <summary>A part of an open file.</summary>
/// <param name="Subject">How messages name the file.</param>
/// <param name="File">The file.</param>
/// <param name="Offset">Where the part starts, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileSpan(string Subject, SafeFileHandle File, long Offset, long Length)
{
    /// <summary>The first byte after it.</summary>
    public long End => Offset + Length;

    /// <summary>The part in smaller ones of one size, the last of which may be shorter.</summary>
    /// <param name="size">Bytes of each.</param>
    public IEnumerable<FileSpan> Parts(long size)
    {
        for (long done = 0; done < Length; done += size)
        {
            yield return this with { Offset = Offset + done, Length = Math.Min(size, Length - done) };
        }
    }
}
