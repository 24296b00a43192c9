namespace MmapPS.Bytes.Values;

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Offset in the record.</param>
/// <param name="Format">Its format.</param>
internal sealed record LayoutField(string Name, int Offset, ValueFormat Format);
