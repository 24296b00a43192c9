using System;

namespace MmapPS.Native;

/// <summary>
/// Copies page by page what a failed system copy left: some systems give up a whole part for one bad page. So all readable
/// bytes are copied and counted.
/// </summary>
internal static class PagedCopy
{
    /// <summary>Copies up to the first page that cannot be read or written.</summary>
    /// <param name="source">Source of the bytes.</param>
    /// <param name="destination">Destination of the bytes.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="mapped">Which of the two may have bad pages.</param>
    /// <param name="pageSize">Size of its pages in bytes.</param>
    /// <param name="copy">Copies from, to, count, and returns the number of bytes copied.</param>
    /// <returns>Number of bytes copied.</returns>
    public static int Run(nint source, nint destination, int count, nint mapped, long pageSize, Func<nint, nint, int, int> copy)
    {
        int done = copy(source, destination, count);
        while (done < count)
        {
            int part = (int)Math.Min(count - done, pageSize - ((mapped + done) % pageSize));
            int copied = copy(source + done, destination + done, part);
            done += copied;
            if (copied < part)
            {
                break;
            }
        }

        return done;
    }
}
