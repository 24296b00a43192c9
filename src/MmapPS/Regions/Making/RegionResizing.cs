using System;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Making;

/// <summary>Gives a region another length. Whatever step is refused, region, mapping and file agree afterwards.</summary>
internal sealed class RegionResizing
{
    private readonly RegionState _state;
    private readonly RegionProtection _protection;
    private readonly RegionLocks _locks;

    /// <param name="state">The region.</param>
    /// <param name="protection">What may be done with it.</param>
    /// <param name="locks">What of it is locked.</param>
    public RegionResizing(RegionState state, RegionProtection protection, RegionLocks locks)
    {
        _state = state;
        _protection = protection;
        _locks = locks;
    }

    private RegionBacking Backing => _state.Backing;

    private MemoryPlatform Platform => _state.Platform;

    private string Subject => _state.Subject;

    private RegionView View
    {
        get => _state.View;
        set => _state.View = value;
    }

    /// <summary>The length with which the region reaches to the end that its file has now; 0 where that comes before the region.</summary>
    /// <exception cref="MappingException">RegionClosed; NotSupported: there is no file that has an end.</exception>
    public long FindLengthToFileEnd()
    {
        using RegionUse use = _state.Use();
        return Backing.PresentLength is long present
            ? Math.Max(0, present - Backing.Request.Offset)
            : throw new MappingException(MappingError.NotSupported, Messages.NoFileToReach(Subject));
    }

    /// <summary>Gives the region another length.</summary>
    /// <param name="length">The length in bytes.</param>
    /// <param name="file">What becomes of the file.</param>
    /// <param name="work">Told of what is added to the file; its stop ends the wait for other uses of the region, too.</param>
    /// <exception cref="MappingException">
    /// NoSpace, OutOfRange, NotSupported, NotWritable, LimitReached, AccessDenied, RegionClosed; region and file are then as before.
    /// </exception>
    public void Resize(long length, FileFit file, IWork work) => _state.Change(
        () =>
        {
            MappingHandle? before = View.Mapping;
            try
            {
                ResizeAlone(length, file, work);
            }
            finally
            {
                _protection.Truncate();
                _locks.Truncate(isNew: View.Mapping != before);
            }
        },
        work);

    private void ResizeAlone(long length, FileFit file, IWork work)
    {
        DemandResizable(length, file);
        bool cuts = file == FileFit.Cut && Backing.File!.Length > Backing.Request.Offset + length;
        if (cuts && !Platform.CutsMappedFiles)
        {
            CutUnmapped(length);
        }
        else if (length > View.Length)
        {
            Grow(length, cuts, file != FileFit.Keep && Backing.IsSharedFile ? Backing.File : null, work);
        }
        else
        {
            Shrink(length, cuts);
        }
    }

    // Nothing that cannot be undone comes before what may be refused: here the file is cut off last.
    private void Grow(long length, bool cuts, BackingFile? grown, IWork work)
    {
        long before = View.Length;
        grown?.GrowTo(Backing.Request.Offset + length, work);
        try
        {
            RenewTail(length);
            Remap(length);
            if (cuts)
            {
                Backing.File!.Cut(Backing.Request.Offset + length);
            }
        }
        catch
        {
            ShrinkOrHide(before);
            if (Platform.CutsMappedFiles)
            {
                grown?.TakeBackGrowth();
            }

            throw;
        }
    }

    // A region that was longer left its bytes in the rest of its last page. New bytes are like those of a new page.
    private void RenewTail(long length)
    {
        long lastEnd = Alignment.Up(View.Lead + View.Length, View.PageSize);
        byte[] bytes = new byte[Math.Min(View.Lead + length, lastEnd) - View.Lead - View.Length];
        if (View.Mapping is null || bytes.Length == 0 || Backing.Request.Sharing == MapSharing.Shared)
        {
            return;
        }

        if (Backing.File is { } file)
        {
            _ = Platform.ReadFile(file.Handle, Backing.Request.Offset + View.Length, bytes, out _);
        }

        PageSpan lastPage = View.Between(lastEnd - View.PageSize, lastEnd);
        bool writable = (_protection.Allowed & MemoryProtection.Write) != 0;
        if (!writable)
        {
            Platform.Protect(lastPage, MemoryProtection.Read | MemoryProtection.Write);
        }

        try
        {
            if (Platform.CopyToMemory(View.Address + (nint)View.Length, bytes) < bytes.Length)
            {
                throw new PageFaultException(Messages.PageFault(
                    Subject, View.Length, Backing.Request.Offset + View.Length, fileLength: null, 0, bytes.Length, writing: true));
            }
        }
        finally
        {
            if (!writable)
            {
                Platform.Protect(lastPage, _protection.Allowed);
            }
        }
    }

    // Here the file is cut off first: a mapping that was shrunk could not always grow again.
    private void Shrink(long length, bool cuts)
    {
        if (cuts)
        {
            Backing.File!.Cut(Backing.Request.Offset + length);
            ShrinkOrHide(length);
        }
        else
        {
            Remap(length);
        }
    }

    // Gives a region fewer bytes even where the system refuses to unmap the others, which then belong to no region.
    private void ShrinkOrHide(long length)
    {
        if (length == View.Length)
        {
            return;
        }

        try
        {
            Remap(length);
        }
        catch (MappingException)
        {
            View = _state.Mapper.View(View.Mapping!, length);
        }
    }

    // Cuts the file off behind the region where the region must not be mapped for that. Until it is mapped again it is empty.
    private void CutUnmapped(long length)
    {
        if (!_protection.IsUniform)
        {
            throw new MappingException(MappingError.NotSupported, Messages.PiecesNotResizable(Subject));
        }

        long before = View.Length;
        View.Mapping?.Dispose();
        View = _state.Mapper.MapNothing();
        MappingException? refusal = null;
        try
        {
            Backing.File!.Cut(Backing.Request.Offset + length);
        }
        catch (MappingException exception)
        {
            refusal = exception;
        }

        try
        {
            View = _state.Mapper.Map(refusal is null ? length : before, _protection.Allowed);
        }
        catch (MappingException exception)
        {
            throw exception.With(Messages.RegionEmptied(Subject, exception.Message));
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private void Remap(long length)
    {
        if (View.Mapping is not { } mapping)
        {
            View = _state.Mapper.Map(length, _protection.Allowed);
        }
        else if (length == 0)
        {
            mapping.Dispose();
            View = _state.Mapper.MapNothing();
        }
        else
        {
            Platform.Resize(mapping, _state.Mapper.Specify(length, _protection.Allowed));
            View = _state.Mapper.View(mapping, length);
        }
    }

    private void DemandResizable(long length, FileFit file)
    {
        if (length < 0 || (length == 0 && Backing.File is null))
        {
            throw new OutOfRangeException(Messages.LengthNotPositive(Subject, length));
        }

        long end = ByteRange.Endless(Backing.Request.Offset, length, Subject).End;
        if (Backing.Kind == RegionKind.Device)
        {
            throw NotSupported(Messages.DeviceNotResizable(Subject));
        }

        if (file == FileFit.Cut && !Backing.IsSharedFile)
        {
            throw NotSupported(Messages.TruncateNeedsFile(Subject));
        }

        if (file == FileFit.Cut && Backing.File!.Length > end)
        {
            Backing.File.DemandResizable();
        }

        if (Backing.Request.Secret)
        {
            throw NotSupported(Messages.SecretNotResizable(Subject));
        }

        if (View.PageSize > Platform.PageSize)
        {
            throw NotSupported(Messages.HugeNotResizable(Subject));
        }

        bool grows = length > View.Length;
        if (grows && Backing.File is null && Backing.Request.Sharing == MapSharing.Shared)
        {
            throw NotSupported(Messages.SharedMemoryNotGrowable(Subject));
        }

        if (grows && Backing.File is { } behind && !Backing.IsSharedFile && end > behind.Length)
        {
            throw new OutOfRangeException(Messages.PrivateBeyondFile(Subject, Backing.Request.Offset, length, behind.Length));
        }
    }

    private static MappingException NotSupported(string message) => new(MappingError.NotSupported, message);
}
