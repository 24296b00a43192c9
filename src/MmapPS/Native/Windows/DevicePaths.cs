using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Native.Windows.Calls;

namespace MmapPS.Native.Windows;

/// <summary>Converts paths that start with a device, such as <c>\Device\HarddiskVolume3\a</c>, to drive paths: <c>C:\a</c>.</summary>
internal sealed class DevicePaths
{
    // The longest path of Windows: the length in UNICODE_STRING has 16 bits and counts bytes.
    private const int LongestPath = 32767;

    // The namespace of drives, and the device of all network files.
    private const string DrivePrefix = @"\??\";
    private const string NetworkPrefix = @"\Device\Mup\";

    private readonly char[] _buffer = new char[LongestPath];
    private readonly List<(string Device, string Drive)> _drives;

    /// <summary>Reads the present drives.</summary>
    public DevicePaths() => _drives = Environment.GetLogicalDrives()
        .Select(root => root.TrimEnd('\\'))
        .Select(drive => (QueryDosDevice.Invoke(drive, _buffer) + '\\', drive + '\\'))
        .Where(pair => pair.Item1.Length > 1)
        .ToList();

    /// <summary>Drives and their devices, each with a backslash at its end.</summary>
    public DevicePaths(IEnumerable<(string Device, string Drive)> drives) => _drives = drives.ToList();

    /// <summary>Room for the longest path.</summary>
    public Span<char> Buffer => _buffer;

    /// <summary>The drive path; a path of a device without a drive is not changed.</summary>
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
