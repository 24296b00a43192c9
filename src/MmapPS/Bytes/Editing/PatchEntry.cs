namespace MmapPS.Bytes.Editing;

/// <summary>A change in a patch.</summary>
/// <param name="Subject">What is changed; null in a patch of the first version, which does not say it.</param>
/// <param name="Change">The change; its offset counts from the start of the subject.</param>
internal sealed record PatchEntry(PatchSubject? Subject, ByteChange Change);
