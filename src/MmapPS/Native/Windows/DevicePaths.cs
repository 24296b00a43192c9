using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Native.Windows.Calls;

namespace MmapPS.Native.Windows;

/// <summary>Paths that start with a device, such as <c>\Device\HarddiskVolume3\a</c>, as users know them: <c>C:\a</c>.</summary>
internal sealed class DevicePaths
{
    // The longest path of Windows: UNICODE_STRING counts its bytes in 16 bits.
    private const int LongestPath = 32767;

    // The namespace of drives, and the device of all network files.
    private const string DrivePrefix = @"\??\";
    private const string NetworkPrefix = @"\Device\Mup\";

    private readonly char[] _buffer = new char[LongestPath];
    private readonly List<(string Device, string Drive)> _drives;

    /// <summary>Asks for the drives that there are now.</summary>
    public DevicePaths() => _drives = Environment.GetLogicalDrives()
        .Select(root => root.TrimEnd('\\'))
        .Select(drive => (QueryDosDevice.Invoke(drive, _buffer) + '\\', drive + '\\'))
        .Where(pair => pair.Item1.Length > 1)
        .ToList();

    /// <summary>Drives and the devices that they stand for, each with a backslash at its end.</summary>
    public DevicePaths(IEnumerable<(string Device, string Drive)> drives) => _drives = drives.ToList();

    /// <summary>Room for the longest path.</summary>
    public Span<char> Buffer => _buffer;

    /// <summary>The path as users know it; of a device without a drive as it is.</summary>
    public string ToUserPath(string path)
    {
        if (path.StartsWith(DrivePrefix, StringComparison.Ordinal))
        {
            return path.Substring(DrivePrefix.Length);
        }

        if (path.StartsWith(NetworkPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return @"\\" + path.Substring(NetworkPrefix.Length);
        }

        foreach ((string device, string drive) in _drives)
        {
            if (path.StartsWith(device, StringComparison.OrdinalIgnoreCase))
            {
                return drive + path.Substring(device.Length);
            }
        }

        return path;
    }
}
