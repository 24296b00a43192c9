namespace MmapPS.Bytes.Viewing;

/// <summary>The line of text around a match, or the part of it that is not too long.</summary>
/// <param name="Offset">Where the bytes start.</param>
/// <param name="Bytes">The bytes, without the line break.</param>
/// <param name="IsCut">Whether the line is longer than the bytes.</param>
internal sealed record TextLine(long Offset, byte[] Bytes, bool IsCut);
