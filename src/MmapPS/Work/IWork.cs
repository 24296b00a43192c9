using System;
using System.Threading;

namespace MmapPS.Work;

/// <summary>Long work as seen by the code that does it: how far it is, and whether to stop. Dispose it when the work is done.</summary>
internal interface IWork : IDisposable
{
    /// <summary>Signalled when the user asks to stop.</summary>
    CancellationToken Stop { get; }

    /// <summary>Called between parts of the work.</summary>
    /// <param name="bytes">Bytes done since the last call.</param>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    void Advance(long bytes);

    /// <summary>Begins work that shows progress of its own and stops with this.</summary>
    /// <param name="total">Bytes that it is over.</param>
    IWork Begin(long total);
}
