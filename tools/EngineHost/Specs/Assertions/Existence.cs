using System;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>-Exist: whether a path leads to something.</summary>
internal static class Existence
{
    public static Verdict Of(object? path, Func<string, bool> exists) => new(
        exists(LanguagePrimitives.ConvertTo<string>(path)),
        new Complaint($"path {Display.Of(path)} to exist", "it did not exist."),
        new Complaint($"path {Display.Of(path)} to not exist", "it did exist."));
}
