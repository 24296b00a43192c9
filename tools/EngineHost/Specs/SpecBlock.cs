using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>A Describe, a Context, or the file itself as the nameless block around them.</summary>
internal sealed class SpecBlock(SpecBlock? parent, string name, ScriptBlock? body, SpecData data, bool skip)
    : SpecNode(parent, name, body, data, skip)
{
    private readonly Dictionary<SetupKind, List<ScriptBlock>> setups = [];

    public List<SpecNode> Children { get; } = [];

    public override IEnumerable<SpecTest> Tests => Children.SelectMany(child => child.Tests);

    public IReadOnlyList<ScriptBlock> Setups(SetupKind kind) => setups.GetValueOrDefault(kind) ?? [];

    public void Add(SetupKind kind, ScriptBlock setup)
    {
        if (!setups.TryGetValue(kind, out List<ScriptBlock>? list))
        {
            setups[kind] = list = [];
        }

        list.Add(setup);
    }
}
