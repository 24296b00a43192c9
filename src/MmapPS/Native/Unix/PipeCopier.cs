using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix;

/// <summary>
/// Copies through a pipe: write(2) from, and read(2) into, an address that cannot be reached fail with EFAULT instead of
/// a signal. The way that no sandbox forbids, and that reaches device memory too.
/// </summary>
internal sealed class PipeCopier
{
    private readonly object _gate = new();
    private readonly int _pageSize;
    private readonly int _readEnd;
    private readonly int _writeEnd;

    /// <summary>Opens the pipe, which lives as long as the process.</summary>
    public unsafe PipeCopier(int pageSize)
    {
        int* ends = stackalloc int[2];
        if (OpenPipe(ends) != 0)
        {
            throw MappingException.FromSystem("pipe", "EMFILE", Resources.Messages.NoCopyPipe());
        }

        _pageSize = pageSize;
        _readEnd = ends[0];
        _writeEnd = ends[1];
    }

    /// <summary>Copies out of memory that may be unreachable.</summary>
    /// <returns>How many bytes were copied.</returns>
    public unsafe int CopyFrom(nint source, Span<byte> destination)
    {
        lock (_gate)
        {
            fixed (byte* target = destination)
            {
                int done = 0;
                while (done < destination.Length)
                {
                    int sent = (int)Write(_writeEnd, (byte*)source + done, (nuint)NextPart(source + done, destination.Length - done));
                    if (sent <= 0)
                    {
                        break;
                    }

                    done += Drain(target + done, sent);
                }

                return done;
            }
        }
    }

    /// <summary>Copies into memory that may be unreachable.</summary>
    /// <returns>How many bytes were copied.</returns>
    public unsafe int CopyTo(nint destination, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            byte* undelivered = stackalloc byte[_pageSize];
            fixed (byte* origin = source)
            {
                int done = 0;
                while (done < source.Length)
                {
                    int sent = (int)Write(_writeEnd, origin + done, (nuint)NextPart(destination + done, source.Length - done));
                    int received = sent <= 0 ? 0 : (int)Read(_readEnd, (byte*)destination + done, (nuint)sent);
                    if (received < sent)
                    {
                        Drain(undelivered, sent - Math.Max(received, 0));
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
    }

    // A page at a time: what every pipe holds without blocking, and a part that spans a bad page would be given up whole.
    private int NextPart(nint address, int wanted) => Math.Min(wanted, _pageSize - (int)(address % _pageSize));

    private unsafe int Drain(byte* target, int count)
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

    [DllImport(Libc.Name, EntryPoint = "pipe", SetLastError = true)]
    private static extern unsafe int OpenPipe(int* ends);

    [DllImport(Libc.Name, EntryPoint = "read", SetLastError = true)]
    private static extern unsafe nint Read(int file, byte* buffer, nuint count);

    [DllImport(Libc.Name, EntryPoint = "write", SetLastError = true)]
    private static extern unsafe nint Write(int file, byte* buffer, nuint count);
}
