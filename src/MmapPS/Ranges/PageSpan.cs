using Microsoft.Win32.SafeHandles;

namespace MmapPS.Ranges;

/// <summary>Whole pages of a mapping.</summary>
/// <param name="Subject">How messages name the region.</param>
/// <param name="Address">Where they start, a page's start.</param>
/// <param name="Length">Their length in bytes.</param>
/// <param name="Sharing">Who sees changes.</param>
/// <param name="File">The file behind them, or null.</param>
/// <param name="FileOffset">Their place in the file, in bytes.</param>
internal readonly record struct PageSpan(
    string Subject, nint Address, long Length, MapSharing Sharing, SafeFileHandle? File, long FileOffset);
