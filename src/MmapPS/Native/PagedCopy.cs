using System;

namespace MmapPS.Native;

/// <summary>
/// Copies where the system's own copy may give up a whole part for one bad page: what that left is tried page by page, so
/// that all that can be reached is copied and counted.
/// </summary>
internal static class PagedCopy
{
    /// <summary>Copies up to the first page that cannot be reached.</summary>
    /// <param name="source">Where the bytes come from.</param>
    /// <param name="destination">Where they go.</param>
    /// <param name="count">How many.</param>
    /// <param name="mapped">Which of the two may be unreachable.</param>
    /// <param name="pageSize">Bytes of a page there.</param>
    /// <param name="copy">Copies from, to, count, and says how many bytes it copied.</param>
    /// <returns>How many bytes were copied.</returns>
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
