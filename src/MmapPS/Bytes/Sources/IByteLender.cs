namespace MmapPS.Bytes.Sources;

/// <summary>Lends bytes.</summary>
internal interface IByteLender
{
    /// <summary>Returns lent bytes; the borrower no longer uses them.</summary>
    void TakeBack();
}
