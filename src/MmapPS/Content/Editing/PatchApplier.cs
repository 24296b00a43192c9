using System;
using System.Collections.Generic;
using MmapPS.Resources;

namespace MmapPS.Content.Editing;

/// <summary>Undoes the changes of a patch.</summary>
internal static class PatchApplier
{
    /// <summary>Makes sure that at each place stand the new bytes of the change or, where it was never made, the old ones.</summary>
    /// <exception cref="MappingException">
    /// ExpectationFailed: others do. OutOfRange: there is no such place. Or the source failed.
    /// </exception>
    public static void Verify(IEnumerable<ByteChange> changes, IByteSource source)
    {
        foreach (ByteChange change in changes)
        {
            if (change.Offset > source.Length - change.New.Length)
            {
                throw new OutOfRangeException(Messages.PatchOutside(change.Offset, change.New.Length, source.Length));
            }

            byte[] found = source.ReadBytes(change.Offset, change.New.Length);
            if (!found.AsSpan().SequenceEqual(change.New) && !found.AsSpan().SequenceEqual(change.Old))
            {
                throw new MappingException(
                    MappingError.ExpectationFailed,
                    Messages.PatchMismatch(change.Offset, HexText.Format(found), HexText.Format(change.New)));
            }
        }
    }

    /// <summary>The changes that undo those of a patch; see <see cref="ByteReplacer.Apply"/>.</summary>
    /// <param name="changes">The changes, which <see cref="Verify"/> has found in order.</param>
    /// <param name="source">Where they were made.</param>
    public static IEnumerable<ByteChange> PlanUndo(IEnumerable<ByteChange> changes, IByteSource source)
    {
        foreach (ByteChange change in changes)
        {
            byte[] found = source.ReadBytes(change.Offset, change.New.Length);
            if (found.AsSpan().SequenceEqual(change.New))
            {
                yield return change.Reverse();
            }
        }
    }
}
