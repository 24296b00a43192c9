namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet for regions that takes files in their place.</summary>
internal interface IFileCommand
{
    /// <summary>The files; wildcards are expanded, but not in a path from the pipeline that names an existing file.</summary>
    string[] Path { get; }

    /// <summary>The files; wildcard characters are taken literally.</summary>
    string[] LiteralPath { get; }
}
