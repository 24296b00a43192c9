using System.IO;
using System.Runtime.InteropServices;

namespace MmapPS.Native;

/// <summary>Shared memory that was opened by name.</summary>
/// <param name="File">The file that the system keeps it in, where it does so.</param>
/// <param name="Section">The system's handle, where it is no file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsNew">Whether opening made it. Of several who open it at once that is so for one.</param>
internal sealed record NamedMemory(FileStream? File, SafeHandle? Section, long Length, bool IsNew);
