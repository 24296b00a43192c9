using System.Collections.Generic;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>A block or a test as discovery found it.</summary>
internal abstract class SpecNode(SpecBlock? parent, string name, ScriptBlock? body, SpecData data, bool skip)
{
    public SpecBlock? Parent { get; } = parent;

    /// <summary>The name; its templates are filled in when the node runs.</summary>
    public string Name { get; set; } = name;

    public ScriptBlock? Body { get; } = body;

    public SpecData Data { get; } = data;

    /// <summary>Whether the node or a block around it says -Skip.</summary>
    public bool Skip { get; } = skip || parent is { Skip: true };

    /// <summary>The names from the outermost block down, as Pester joins them.</summary>
    public string FullName => Parent is { Parent: not null } ? $"{Parent.FullName}.{Name}" : Name;

    public string Location => Body is null ? string.Empty : $"{Body.File}:{Body.StartPosition.StartLine}";

    /// <summary>The tests of this node, itself included.</summary>
    public abstract IEnumerable<SpecTest> Tests { get; }
}
