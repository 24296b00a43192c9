namespace MmapPS.Bytes.Viewing;

/// <summary>Category of a byte, for its colour.</summary>
internal enum ByteCategory
{
    /// <summary>0x00.</summary>
    Zero,

    /// <summary>0x20 to 0x7E.</summary>
    Printable,

    /// <summary>0x80 to 0xFF.</summary>
    High,

    /// <summary>The rest: 0x01 to 0x1F and 0x7F.</summary>
    Control,

    /// <summary>Any byte of a match.</summary>
    Match,
}
