namespace MmapPS.Regions;

/// <summary>Watches long work: how far it is, and whether it should end.</summary>
internal interface IWorkMonitor
{
    /// <summary>Called between parts of the work.</summary>
    /// <param name="bytes">Bytes done since the last call.</param>
    /// <exception cref="System.OperationCanceledException">The user asked to stop.</exception>
    void Advance(long bytes);
}
