using System.IO;
using System.Runtime.InteropServices;

namespace MmapPS.Native;

/// <summary>Shared memory opened by name.</summary>
/// <param name="File">Its file, if the system keeps it in one.</param>
/// <param name="Section">Its handle, if it is not a file.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsNew">Whether this call created it. If several open it at once, this is true for one of them.</param>
internal sealed record NamedMemory(FileStream? File, SafeHandle? Section, long Length, bool IsNew);
