using System.Threading;

namespace MmapPS.Work;

/// <summary>Work that shows no progress and is never stopped.</summary>
internal sealed class Unwatched : IWork
{
    private Unwatched()
    {
    }

    /// <summary>Such work.</summary>
    public static IWork Work { get; } = new Unwatched();

    /// <inheritdoc/>
    public CancellationToken Stop => CancellationToken.None;

    /// <inheritdoc/>
    public void Advance(long bytes)
    {
    }

    /// <inheritdoc/>
    public IWork Begin(long total) => this;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
