using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Resources;

namespace MmapPS.Regions.Life;

/// <summary>
/// The open regions of this process. It keeps a region alive while the session that mapped it is open; what a closed session
/// leaves behind, and what belongs to no session, is unmapped by its finalizer once nothing holds it.
/// </summary>
internal static class RegionTable
{
    private static readonly ConcurrentDictionary<int, Entry> Entries = new();

    /// <summary>Enters a region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="session">What ends with <see cref="LetGo"/>, or null.</param>
    public static MappedRegion Add(MappedRegion region, object? session)
    {
        Entries[region.Id] = new Entry(new WeakReference<MappedRegion>(region), session is null ? null : region, session);
        return region;
    }

    /// <summary>Takes a region out.</summary>
    public static void Remove(int id) => Entries.TryRemove(id, out _);

    /// <summary>The open region of a number.</summary>
    /// <exception cref="RegionClosedException">None has it.</exception>
    public static MappedRegion Get(int id) =>
        Entries.TryGetValue(id, out Entry entry) && entry.Weak.TryGetTarget(out MappedRegion? region) && region.IsOpen
            ? region
            : throw new RegionClosedException(Messages.RegionUnknown(id));

    /// <summary>The open regions in the order they were made.</summary>
    public static IReadOnlyList<MappedRegion> GetOpen()
    {
        var open = new List<MappedRegion>();

        // A copy by the dictionary itself: others that LINQ makes break where entries come and go meanwhile.
        foreach (KeyValuePair<int, Entry> entry in Entries.ToArray().OrderBy(entry => entry.Key))
        {
            if (entry.Value.Weak.TryGetTarget(out MappedRegion? region) && region.IsOpen)
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

    /// <summary>Stops keeping the regions of a session alive. They stay open as long as something else holds them.</summary>
    public static void LetGo(object session)
    {
        foreach (KeyValuePair<int, Entry> entry in Entries.ToArray())
        {
            if (entry.Value.Session == session)
            {
                // Unless it was removed meanwhile.
                Entries.TryUpdate(entry.Key, entry.Value with { Held = null, Session = null }, entry.Value);
            }
        }
    }

    /// <summary>Closes every open region; one in use is unmapped when that use ends.</summary>
    public static void CloseAll()
    {
        foreach (MappedRegion region in GetOpen())
        {
            region.Dispose();
        }
    }

    private sealed record Entry(WeakReference<MappedRegion> Weak, MappedRegion? Held, object? Session);
}
