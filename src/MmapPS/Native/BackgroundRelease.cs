using System;
using System.Threading;

namespace MmapPS.Native;

/// <summary>
/// Releases memory after the user stopped the work that got it. Freeing gigabytes takes the system a quarter of the time of
/// getting them, in one call that cannot be stopped, and the user should not wait for it.
/// </summary>
internal static class BackgroundRelease
{
    /// <summary>Disposes an object on another thread.</summary>
    /// <param name="held">A handle, or something that holds handles; disposing it must not throw.</param>
    public static void Begin(IDisposable held) => Begin(held.Dispose);

    /// <summary>Runs an action on another thread.</summary>
    /// <param name="release">Releases the memory; must not throw.</param>
    public static void Begin(Action release) => ThreadPool.QueueUserWorkItem(_ => release());
}
