namespace MmapPS.Bytes.Viewing;

/// <summary>Bytes around a match.</summary>
/// <param name="Offset">Where they start.</param>
/// <param name="Bytes">The bytes, those of the match among them.</param>
internal sealed record ContextBytes(long Offset, byte[] Bytes);
