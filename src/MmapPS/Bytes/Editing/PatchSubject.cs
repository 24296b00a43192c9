namespace MmapPS.Bytes.Editing;

/// <summary>What the changes of a patch are changes of.</summary>
/// <param name="IsFile">Whether it is a file, in which offsets count from its start; else a region of memory.</param>
/// <param name="Name">The full path of the file, or the name of shared memory; empty for memory without one.</param>
/// <param name="Length">Bytes that it had; 0 where that was not known.</param>
internal sealed record PatchSubject(bool IsFile, string Name, long Length);
