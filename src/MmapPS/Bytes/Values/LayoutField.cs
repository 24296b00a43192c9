namespace MmapPS.Bytes.Values;

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where in the record it starts.</param>
/// <param name="Format">How its value stands in bytes.</param>
internal sealed record LayoutField(string Name, int Offset, ValueFormat Format);
