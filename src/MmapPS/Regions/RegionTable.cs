using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace MmapPS.Regions;

/// <summary>The open regions of this process. It does not keep them alive: a forgotten region is unmapped by its finalizer.</summary>
internal static class RegionTable
{
    private static readonly ConcurrentDictionary<int, WeakReference<MappedRegion>> Entries = new();

    /// <summary>Enters a region.</summary>
    public static MappedRegion Add(MappedRegion region)
    {
        Entries[region.Id] = new WeakReference<MappedRegion>(region);
        return region;
    }

    /// <summary>Takes a region out.</summary>
    public static void Remove(int id) => Entries.TryRemove(id, out _);

    /// <summary>The open regions in the order they were made.</summary>
    public static IReadOnlyList<MappedRegion> GetOpen()
    {
        var open = new List<MappedRegion>();

        // A copy by the dictionary itself: others that LINQ makes break where entries come and go meanwhile.
        foreach (KeyValuePair<int, WeakReference<MappedRegion>> entry in Entries.ToArray().OrderBy(entry => entry.Key))
        {
            if (entry.Value.TryGetTarget(out MappedRegion? region) && region.IsOpen)
            {
                open.Add(region);
            }
            else
            {
                Remove(entry.Key);
            }
        }

        return open;
    }

    /// <summary>Closes every open region; one in use is unmapped when that use ends.</summary>
    public static void CloseAll()
    {
        foreach (MappedRegion region in GetOpen())
        {
            region.Dispose();
        }
    }
}
