namespace MmapPS.Regions.Life;

/// <summary>A use of a region, which stays mapped until this is disposed.</summary>
internal readonly ref struct RegionUse
{
    private readonly RegionGate _gate;

    public RegionUse(RegionGate gate) => _gate = gate;

    public void Dispose() => _gate.Exit();
}
