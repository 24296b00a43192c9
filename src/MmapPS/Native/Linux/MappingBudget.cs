using System.Globalization;
using System.IO;
using System.Linq;

namespace MmapPS.Native.Linux;

/// <summary>
/// Keeps the process below vm.max_map_count. The runtime ends the process if it cannot map memory, so the
/// last mappings are reserved for it. Counting takes milliseconds, so it is done only near the limit.
/// </summary>
internal sealed class MappingBudget
{
    // Mappings that the runtime and other code may need between two counts.
    private const long Reserve = 1000;

    private readonly object _lock = new();
    private long _left;

    /// <summary>Reserves mappings from the budget.</summary>
    /// <param name="subject">Name of what they are for, for messages.</param>
    /// <param name="count">The largest number of mappings that the next call may make.</param>
    /// <exception cref="MappingException">LimitReached: too few mappings are left.</exception>
    public void Take(string subject, int count)
    {
        lock (_lock)
        {
            if (_left < count && TryCount(out long present, out long maximum))
            {
                long reserve = System.Math.Min(Reserve, maximum / 4);
                _left = System.Math.Min(Reserve, maximum - reserve - present);
                if (_left < count)
                {
                    throw new MappingException(MappingError.LimitReached, Resources.Messages.MapCount(subject, present, maximum, reserve));
                }
            }

            _left = System.Math.Max(0, _left - count);
        }
    }

    // If no file can be opened any more, work that needs no file continues uncounted.
    private static bool TryCount(out long present, out long maximum)
    {
        (present, maximum) = (0, 0);
        try
        {
            maximum = long.Parse(File.ReadAllText("/proc/sys/vm/max_map_count").Trim(), CultureInfo.InvariantCulture);
            present = File.ReadLines("/proc/self/maps").LongCount();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
