using System;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>-BeOfType: the -is operator. The type may be given by name, with or without brackets.</summary>
internal static class Types
{
    public static Verdict IsOfType(object? value, object expected)
    {
        Type type = Collections.Bare(expected) as Type ?? Named(LanguagePrimitives.ConvertTo<string>(expected));
        object? bare = Collections.Bare(value);
        bool holds = type.IsInstanceOfType(bare) || (type == typeof(PSCustomObject) && bare is PSObject);
        string but = $"got {Display.Of(value)} with type {Display.Of(bare?.GetType())}.";
        return new Verdict(
            holds,
            new Complaint($"the value to have type {Display.Of(type)} or any of its subtypes", but),
            new Complaint($"the value to not have type {Display.Of(type)} or any of its subtypes", but));
    }

    private static Type Named(string name) =>
        LanguagePrimitives.TryConvertTo(name.TrimStart('[').TrimEnd(']'), out Type? type) && type is not null
            ? type
            : throw new PSArgumentException($"There is no type {name}; is its assembly loaded?");
}
