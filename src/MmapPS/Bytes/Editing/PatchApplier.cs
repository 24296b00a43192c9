using System;
using System.Collections.Generic;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Editing;

/// <summary>Makes the changes of a patch, or their reverse, where the bytes that they expect are found.</summary>
internal static class PatchApplier
{
    /// <summary>Makes sure that each change can be made.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="source">Where they are to be made.</param>
    /// <param name="subject">How messages name it.</param>
    /// <param name="mayBeDone">Whether a change may have been made already: to undo it, one that was never made is in order.</param>
    /// <exception cref="MappingException">
    /// ExpectationFailed: other bytes are there. OutOfRange: there is no such place. Or the source failed.
    /// </exception>
    public static void Verify(IEnumerable<ByteChange> changes, IByteSource source, string subject, bool mayBeDone)
    {
        foreach (ByteChange change in changes)
        {
            if (change.Offset < 0 || change.Offset > source.Length - change.New.Length)
            {
                throw new OutOfRangeException(Messages.PatchOutside(subject, change.Offset, change.New.Length, source.Length));
            }

            byte[] found = source.ReadBytes(change.Offset, change.New.Length);
            if (!Same(found, change.Old) && !(mayBeDone && Same(found, change.New)))
            {
                throw new MappingException(
                    MappingError.ExpectationFailed,
                    Messages.PatchMismatch(subject, change.Offset, HexText.Format(found), HexText.Format(change.Old)));
            }
        }
    }

    /// <summary>The changes that are not made yet; see <see cref="ByteReplacer.Apply"/>.</summary>
    /// <param name="changes">The changes, which <see cref="Verify"/> has found in order.</param>
    /// <param name="source">Where they are to be made.</param>
    public static IEnumerable<ByteChange> Plan(IEnumerable<ByteChange> changes, IByteSource source)
    {
        foreach (ByteChange change in changes)
        {
            if (Same(source.ReadBytes(change.Offset, change.Old.Length), change.Old))
            {
                yield return change;
            }
        }
    }

    private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}
