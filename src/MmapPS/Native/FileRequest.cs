using System;
using System.IO;
using MmapPS.Resources;

namespace MmapPS.Native;

/// <summary>A file as it is to be opened, and what to advise where it cannot be.</summary>
/// <param name="Access">What it is opened for; a file that is made is opened for both.</param>
internal sealed record FileRequest(FileAccess Access)
{
    /// <summary>What a missing file is made with, of <see cref="FilePermissions"/>; null: it must be there.</summary>
    public int? Permissions { get; init; }

    /// <summary>Whether the file was just seen to be missing, so that its status is not asked again.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Refuses, by what it throws, a file that is there and of the wrong kind.</summary>
    public Action<FileStatus> Demand { get; init; } = static _ => { };

    /// <summary>What to do where there is no such file.</summary>
    public string MissingHint { get; init; } = Messages.CheckPath();

    /// <summary>What to do where it may not be written.</summary>
    public string WriteHint { get; init; } = Messages.ChooseOtherPath();

    /// <summary>Whether it is made, and must not be there yet.</summary>
    public bool Creates => Permissions is not null;
}
