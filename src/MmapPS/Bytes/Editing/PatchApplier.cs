using System;
using System.Collections.Generic;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Editing;

/// <summary>Makes the changes of a patch, or their reverse, if the expected bytes are found.</summary>
internal static class PatchApplier
{
    /// <summary>Checks that each change can be made.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="source">The bytes to change.</param>
    /// <param name="subject">Their name, for messages.</param>
    /// <param name="mayBeDone">Whether a change may already be made: undo accepts a change that was never made.</param>
    /// <exception cref="MappingException">
    /// ExpectationFailed: other bytes were found. OutOfRange: the offset does not exist. Or the source failed.
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

    /// <summary>Returns the changes that are not made yet; see <see cref="ByteReplacer.Apply"/>.</summary>
    /// <param name="changes">The changes, already checked by <see cref="Verify"/>.</param>
    /// <param name="source">The bytes to change.</param>
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
