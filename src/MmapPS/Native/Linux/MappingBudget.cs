using System.Globalization;
using System.IO;
using System.Linq;

namespace MmapPS.Native.Linux;

/// <summary>
/// Keeps the process away from vm.max_map_count. A runtime that is refused a mapping of its own ends the process, so the
/// last ones are left to it. Counting takes milliseconds, so it is done only when the limit may be near.
/// </summary>
internal sealed class MappingBudget
{
    // Mappings that the runtime and others in the process may need from one count to the next.
    private const long Reserve = 1000;

    private readonly object _lock = new();
    private long _left;

    /// <summary>Takes mappings out of the budget.</summary>
    /// <param name="subject">How messages name what they are for.</param>
    /// <param name="count">How many the coming call may make.</param>
    /// <exception cref="MappingException">LimitReached: there are not so many left.</exception>
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

    // Where no file can be opened any more, what needs none goes on uncounted.
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
