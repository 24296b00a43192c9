using System.IO;

namespace MmapPS.Native;

/// <summary>A file that was opened by its path.</summary>
/// <param name="Stream">The open file.</param>
/// <param name="Status">What it is, asked of the open file itself.</param>
/// <param name="IsNew">Whether opening made it.</param>
internal sealed record OpenedFile(FileStream Stream, FileStatus Status, bool IsNew);
