namespace MmapPS.Bytes.Viewing;

/// <summary>The line of text around a match, or a part of it if it is too long.</summary>
/// <param name="Offset">Offset of the first byte.</param>
/// <param name="Bytes">The bytes, without the line break.</param>
/// <param name="IsCut">Whether the line is longer than the bytes.</param>
internal sealed record TextLine(long Offset, byte[] Bytes, bool IsCut);
