namespace MmapPS.Bytes.Sources;

/// <summary>Who lends bytes.</summary>
internal interface IByteLender
{
    /// <summary>Bytes that were lent are looked at no more.</summary>
    void TakeBack();
}
