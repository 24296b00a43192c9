using System;
using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>
/// Copies through a pipe: write(2) from, and read(2) into, a bad address fail with EFAULT instead of raising
/// a signal. No sandbox forbids this, and it also works with device memory.
/// </summary>
internal sealed class PipeCopier
{
    private readonly object _gate = new();
    private readonly int _pageSize;
    private readonly int _readEnd;
    private readonly int _writeEnd;

    private PipeCopier(int pageSize, int readEnd, int writeEnd)
    {
        _pageSize = pageSize;
        _readEnd = readEnd;
        _writeEnd = writeEnd;
    }

    /// <summary>Opens the pipe, which stays open as long as the process runs.</summary>
    /// <returns>The copier, or null if no file can be opened any more.</returns>
    public static unsafe PipeCopier? TryOpen(int pageSize)
    {
        int* ends = stackalloc int[2];
        return OpenPipe(ends, LinuxConstants.OpenCloseOnExec) == 0 ? new PipeCopier(pageSize, ends[0], ends[1]) : null;
    }

    /// <summary>Copies from memory that may have bad pages.</summary>
    /// <returns>Number of bytes copied.</returns>
    public int CopyFrom(nint source, nint destination, int count)
    {
        lock (_gate)
        {
            int done = 0;
            while (done < count)
            {
                int sent = (int)Write(_writeEnd, source + done, (nuint)NextPart(source + done, count - done));
                if (sent <= 0)
                {
                    break;
                }

                done += Drain(destination + done, sent);
            }

            return done;
        }
    }

    /// <summary>Copies into memory that may have bad pages.</summary>
    /// <returns>Number of bytes copied.</returns>
    public unsafe int CopyTo(nint destination, nint source, int count)
    {
        lock (_gate)
        {
            byte* undelivered = stackalloc byte[_pageSize];
            int done = 0;
            while (done < count)
            {
                int sent = (int)Write(_writeEnd, source + done, (nuint)NextPart(destination + done, count - done));
                int received = sent <= 0 ? 0 : (int)Read(_readEnd, destination + done, (nuint)sent);
                if (received < sent)
                {
                    Drain((nint)undelivered, sent - Math.Max(received, 0));
                }

                if (received <= 0)
                {
                    break;
                }

                done += received;
            }

            return done;
        }
    }

    // One page at a time: every pipe takes it without blocking, and a longer part with a bad page would fail as a whole.
    private int NextPart(nint address, int wanted) => Math.Min(wanted, _pageSize - (int)(address % _pageSize));

    private int Drain(nint target, int count)
    {
        int done = 0;
        while (done < count)
        {
            int received = (int)Read(_readEnd, target + done, (nuint)(count - done));
            if (received <= 0)
            {
                break;
            }

            done += received;
        }

        return done;
    }

    [DllImport(Libc.Name, EntryPoint = "pipe2", SetLastError = true)]
    private static extern unsafe int OpenPipe(int* ends, int flags);

    [DllImport(Libc.Name, EntryPoint = "read", SetLastError = true)]
    private static extern nint Read(int file, nint buffer, nuint count);

    [DllImport(Libc.Name, EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int file, nint buffer, nuint count);
}
