using System;
using System.IO;
using MmapPS.Resources;

namespace MmapPS.Native;

/// <summary>A request to open a file, and hints for its errors.</summary>
/// <param name="Access">The access to open it for; a new file is opened for both.</param>
internal sealed record FileRequest(FileAccess Access)
{
    /// <summary>Permissions of a new file, of <see cref="FilePermissions"/>; null: the file must exist.</summary>
    public int? Permissions { get; init; }

    /// <summary>Whether the file was just found to be missing, so that its status is not read again.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Throws if an existing file is of the wrong kind.</summary>
    public Action<FileStatus> Demand { get; init; } = static _ => { };

    /// <summary>Hint if the file does not exist.</summary>
    public string MissingHint { get; init; } = Messages.CheckPath();

    /// <summary>Hint if it may not be written.</summary>
    public string WriteHint { get; init; } = Messages.ChooseOtherPath();

    /// <summary>Whether to create the file, which must not exist.</summary>
    public bool Creates => Permissions is not null;
}
