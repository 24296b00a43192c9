namespace MmapPS.Bytes.Viewing;

/// <summary>A line of a hex view.</summary>
/// <param name="Offset">Where its first byte is.</param>
/// <param name="Bytes">Its bytes; fewer than the view is wide in the last line.</param>
/// <param name="Categories">What each byte is.</param>
internal sealed record HexLine(long Offset, byte[] Bytes, ByteCategory[] Categories);
