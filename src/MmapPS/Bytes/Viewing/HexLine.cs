namespace MmapPS.Bytes.Viewing;

/// <summary>A line of a hex view.</summary>
/// <param name="Offset">Offset of its first byte.</param>
/// <param name="Bytes">Its bytes; fewer than the width in the last line.</param>
/// <param name="Categories">Category of each byte.</param>
internal sealed record HexLine(long Offset, byte[] Bytes, ByteCategory[] Categories);
