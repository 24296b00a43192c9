using System.IO;

namespace MmapPS.Native;

/// <summary>A file opened by its path.</summary>
/// <param name="Stream">The open file.</param>
/// <param name="Status">The status of the open file itself.</param>
/// <param name="IsNew">Whether opening created it.</param>
internal sealed record OpenedFile(FileStream Stream, FileStatus Status, bool IsNew);
