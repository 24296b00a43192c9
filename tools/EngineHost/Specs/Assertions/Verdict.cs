namespace EngineHost.Specs.Assertions;

/// <summary>What an operator found: whether it holds, and what to say where that is not what was wanted.</summary>
internal sealed record Verdict(bool Holds, Complaint IfNot, Complaint IfSo)
{
    /// <summary>The verdict on the opposite claim.</summary>
    public Verdict Opposite => new(!Holds, IfSo, IfNot);
}
