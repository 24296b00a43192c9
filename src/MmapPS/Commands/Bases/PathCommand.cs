using System.Collections.Generic;
using System.Management.Automation;
using MmapPS.Parameters;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that does something to each of the files that its paths name.</summary>
public abstract class PathCommand : MappingCommand
{
    /// <summary>The files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>The files; wildcard characters are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public virtual string[] LiteralPath { get; set; } = [];

    /// <summary>Whether the paths are those of -LiteralPath.</summary>
    private protected bool IsLiteral => ParameterSetName == LiteralPathSet;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        TryEach(IsLiteral ? LiteralPath : Path, path => TryEach(Resolve(path, IsLiteral), ProcessPath));

    /// <summary>The full paths that a path means.</summary>
    /// <exception cref="MappingException">FileNotFound, NotMappable.</exception>
    private protected virtual IReadOnlyList<string> Resolve(string path, bool literal) =>
        FilePaths.Resolve(SessionState.Path, path, literal);

    /// <summary>Does it to what is at one full path.</summary>
    private protected abstract void ProcessPath(string path);
}
