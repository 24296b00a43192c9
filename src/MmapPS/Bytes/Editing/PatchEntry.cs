namespace MmapPS.Bytes.Editing;

/// <summary>A change as a patch has it.</summary>
/// <param name="Subject">What it is a change of; null in a patch of the first version, which does not say.</param>
/// <param name="Change">The change; its offset counts from the subject's start.</param>
internal sealed record PatchEntry(PatchSubject? Subject, ByteChange Change);
