using Microsoft.Win32.SafeHandles;

namespace MmapPS.Ranges;

/// <summary>Whole pages of a mapping.</summary>
/// <param name="Subject">Name of the region, for messages.</param>
/// <param name="Address">Their address, aligned to a page.</param>
/// <param name="Length">Their length in bytes.</param>
/// <param name="Sharing">Who sees changes.</param>
/// <param name="File">Their file, or null.</param>
/// <param name="FileOffset">Their offset in the file, in bytes.</param>
internal readonly record struct PageSpan(
    string Subject, nint Address, long Length, MapSharing Sharing, SafeFileHandle? File, long FileOffset);
