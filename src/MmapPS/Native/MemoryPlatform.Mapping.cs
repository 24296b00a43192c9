using System;
using System.Collections.Generic;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;
using MmapPS.Work;

namespace MmapPS.Native;

/// <content>Changes of a mapping.</content>
internal abstract partial class MemoryPlatform
{
    /// <summary>Makes sure that one more mapping can be split where the system limits the number of mappings.</summary>
    /// <exception cref="MappingException">LimitReached.</exception>
    public virtual void DemandSplit(string subject)
    {
    }

    /// <summary>Changes what may be done with whole pages of a mapping.</summary>
    /// <exception cref="MappingException">AccessDenied, or another refusal.</exception>
    public abstract void Protect(PageSpan pages, MemoryProtection protection);

    /// <summary>Makes a mapping as long as <paramref name="wanted"/> says; it may move, unless the specification is fixed.</summary>
    /// <exception cref="MappingException">Any refusal of the system; the mapping is then as before.</exception>
    public abstract void Resize(MappingHandle mapping, MapSpecification wanted);

    /// <summary>Whether a file can be cut off while it is mapped.</summary>
    public virtual bool CutsMappedFiles => true;

    /// <summary>Gives a file another length; what is new of it is a hole that reads as zeros.</summary>
    /// <returns>Why it was refused, or null.</returns>
    public abstract NativeError? SetLength(SafeFileHandle file, long length);

    /// <summary>Cuts a file off.</summary>
    /// <exception cref="MappingException">NotSupported: it is mapped, where that is in the way; or another refusal.</exception>
    public abstract void Cut(string subject, SafeFileHandle file, long length);

    /// <summary>Keeps whole pages in memory.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="onFault">Whether pages that are not in memory yet stay out until they are used.</param>
    /// <param name="total">Bytes of all that is to be locked, part by part; messages name them.</param>
    /// <exception cref="MappingException">
    /// LimitReached, NotSupported, PageFault, or another refusal; some of the pages may then be locked.
    /// </exception>
    public abstract void Lock(PageSpan pages, bool onFault, long total);

    /// <summary>Lets the system page whole pages out again.</summary>
    /// <exception cref="MappingException">Any refusal of the system.</exception>
    public abstract void Unlock(PageSpan pages);

    /// <summary>What this system cannot keep of the promise of <see cref="MapSecret"/>, a sentence each.</summary>
    public virtual IReadOnlyList<string> SecretRemarks => [];

    /// <summary>
    /// Maps memory that is never swapped, never dumped, out of the system's own reach where it can, and overwritten before
    /// it is given back.
    /// </summary>
    /// <param name="specification">The mapping.</param>
    /// <param name="work">Told of each part that was brought into memory.</param>
    /// <exception cref="MappingException">LimitReached, NotSupported, or another refusal.</exception>
    public abstract MappingHandle MapSecret(MapSpecification specification, IWork work);

    /// <summary>
    /// Brings new secret memory in, part by part. From then on it is wiped when it is unmapped; before, there is nothing to wipe,
    /// and wiping would bring in the rest.
    /// </summary>
    /// <param name="mapping">The new mapping, which is unmapped if the work fails.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="bringIn">Brings a part in.</param>
    /// <param name="work">Told of each part.</param>
    protected MappingHandle BringInSecret(MappingHandle mapping, IEnumerable<PageSpan> parts, Action<PageSpan> bringIn, IWork work)
    {
        try
        {
            foreach (PageSpan part in parts)
            {
                bringIn(part);
                work.Advance(part.Length);
            }

            mapping.UnmapBy(WipeAndUnmap);
            return mapping;
        }
        catch (OperationCanceledException)
        {
            BackgroundRelease.Begin(mapping);
            throw;
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    /// <summary>Overwrites secret memory with zeros, whatever its protection, and gives it back.</summary>
    protected abstract bool WipeAndUnmap(nint address, long length);
}
