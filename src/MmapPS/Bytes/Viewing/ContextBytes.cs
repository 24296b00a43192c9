namespace MmapPS.Bytes.Viewing;

/// <summary>Bytes around a match.</summary>
/// <param name="Offset">Offset of the first byte.</param>
/// <param name="Bytes">The bytes, including those of the match.</param>
internal sealed record ContextBytes(long Offset, byte[] Bytes);
