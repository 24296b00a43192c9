using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MmapPS.Parameters;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Scripting;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Commands.Bases;

/// <summary>
/// A cmdlet that does something to each region of the pipeline. An override of <see cref="Region"/> says in which parameter sets
/// it is and how it is bound there. Files are mapped one after the other, each as long as the work on it takes.
/// </summary>
public abstract class RegionCommand : MappingCommand
{
    // The file of the last match; the next match is often in the same one.
    private MappedRegion? _file;
    private bool _hasFiles;

    /// <summary>The regions, as New-MemoryMap and Get-MemoryMap emit them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public virtual MappedRegion[] Region { get; set; } = [];

    /// <summary>The target of an error that is about all regions.</summary>
    private protected object Target => Region.Length == 1 ? Region[0] : Region;

    /// <summary>What the cmdlet does with a file; default null: it takes regions only.</summary>
    private protected virtual FileAccess? FileUse => null;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _hasFiles = MyInvocation.BoundParameters.ContainsKey(nameof(IFileCommand.Path))
        || MyInvocation.BoundParameters.ContainsKey(nameof(IFileCommand.LiteralPath));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (this is IFileCommand files && ParameterSetName.EndsWith(PathSet, StringComparison.Ordinal))
        {
            TryEach(Literally ? files.LiteralPath : files.Path, path => TryEach(FindFiles(path), ProcessFile));
        }
        else
        {
            TryEach(Region, region => ProcessRegion(Reopen(region)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Try(_file?.Path, CloseFile);

    /// <summary>Does it to one region.</summary>
    protected abstract void ProcessRegion(MappedRegion region);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        bool ends = disposing && !Stop.IsCancellationRequested;
        base.Dispose(disposing);
        if (disposing && _file is not null)
        {
            using MappedRegion file = _file;
            if (ends && TakeConsent() && FileUse == FileAccess.ReadWrite)
            {
                SynchronizeAtLast(file);
            }
        }
    }

    /// <summary>Maps the only file that was given; values of a pipeline can go to one only.</summary>
    /// <exception cref="MappingException">
    /// NotSupported: there are several, or the pipeline gives them; FileNotFound, AccessDenied, NotMappable.
    /// </exception>
    private protected MappedRegion OpenOnlyFile(IFileCommand given)
    {
        // An object of the pipeline that gives both the file and the value is a value that was forgotten.
        if (!_hasFiles)
        {
            throw new MappingException(MappingError.NotSupported, Messages.ValueNeeded());
        }

        List<string> files = (Literally ? given.LiteralPath : given.Path).SelectMany(FindFiles).ToList();
        if (files.Count != 1)
        {
            throw new MappingException(MappingError.NotSupported, Messages.OneFileNeeded());
        }

        FilePaths.IsFile(files[0], fromObject: false);
        return OpenFile(files[0]);
    }

    private bool Literally => ParameterSetName.EndsWith(LiteralPathSet, StringComparison.Ordinal);

    private IReadOnlyList<string> FindFiles(string path) =>
        FilePaths.ResolveFiles(SessionState.Path, path, Literally, MyInvocation.ExpectingInput);

    // Mapped until the next one is, or the cmdlet ends.
    private MappedRegion OpenFile(string path)
    {
        if (_file?.Path != path)
        {
            CloseFile();
            _file = FileUse == FileAccess.Read ? RegionFactory.OpenForReading(path) : RegionFactory.OpenForEditing(path);
        }

        return _file!;
    }

    private void ProcessFile(string path)
    {
        if (!FilePaths.IsFile(path, fromObject: Literally && MyInvocation.ExpectingInput))
        {
            return;
        }

        try
        {
            ProcessRegion(OpenFile(path));
        }
        finally
        {
            CloseFile();
        }
    }

    // A match in a file that was mapped for one cmdlet only: the region may be gone, or too weak to be changed.
    private MappedRegion Reopen(MappedRegion region) =>
        FileUse is not { } use || !region.IsTransient || (use == FileAccess.Read && region.IsOpen) ? region : OpenFile(region.Path!);

    private static void SynchronizeAtLast(MappedRegion file)
    {
        try
        {
            file.Sync.Synchronize(file.Range(0, null), SyncModes.Durable, Unwatched.Work);
        }
        catch (MappingException)
        {
            // A cmdlet further on took all it wanted, so there is no pipeline left that could be told.
        }
    }

    // After Ctrl+C the system writes the changes when it wants to, as it does for a region that is removed.
    private void CloseFile()
    {
        if (_file is not { } file)
        {
            return;
        }

        _file = null;
        try
        {
            using (file)
            {
                if (TakeConsent() && FileUse == FileAccess.ReadWrite && !Stop.IsCancellationRequested)
                {
                    using IWork work = Watch(file.Length);
                    file.Sync.Synchronize(file.Range(0, null), SyncModes.Durable, work);
                }
            }
        }
        catch (MappingException exception)
        {
            // An error of the work on the file may be on its way already; the user is told both.
            WriteError(ErrorRecords.From(exception, file.Path));
        }
    }
}
