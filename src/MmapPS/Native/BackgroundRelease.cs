using System;
using System.Threading;

namespace MmapPS.Native;

/// <summary>
/// Gives back what was got before the user stopped the work. Freeing gigabytes takes the system a quarter of the time that
/// getting them took, in one call that nothing stops, and who has stopped is not to wait for that.
/// </summary>
internal static class BackgroundRelease
{
    /// <summary>Disposes it on another thread.</summary>
    /// <param name="held">A handle, or something that holds some; disposing it must not throw.</param>
    public static void Begin(IDisposable held) => Begin(held.Dispose);

    /// <summary>Does it on another thread.</summary>
    /// <param name="release">What gives it back; must not throw.</param>
    public static void Begin(Action release) => ThreadPool.QueueUserWorkItem(_ => release());
}
