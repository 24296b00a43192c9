using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>-Throw: what ended a script block, held against what was to end it.</summary>
internal static class Throwing
{
    public static Verdict Of(ErrorRecord? error, string? message, string? errorId, Type? type)
    {
        List<string> wanted = [], buts = [];
        if (type is not null)
        {
            wanted.Add($"type {Display.Of(type)}");
            Check(type.IsInstanceOfType(error?.Exception), $"the exception type was {Display.Of(error?.Exception.GetType())}");
        }

        if (!string.IsNullOrWhiteSpace(message))
        {
            wanted.Add($"message like {Display.Of(WildcardPattern.Unescape(message))}");
            Check(IsLike(error?.Exception.Message, message), $"the message was {Display.Of(error?.Exception.Message)}");
        }

        if (!string.IsNullOrWhiteSpace(errorId))
        {
            wanted.Add($"FullyQualifiedErrorId {Display.Of(errorId)}");
            Check(
                IsLike(error?.FullyQualifiedErrorId, errorId), $"the FullyQualifiedErrorId was {Display.Of(error?.FullyQualifiedErrorId)}");
        }

        string with = wanted.Count == 0 ? string.Empty : $" with {string.Join(" and ", wanted)}";
        string but = error is null ? "no exception was thrown" : string.Join(" and ", buts);
        string position = error?.InvocationInfo?.PositionMessage is { Length: > 0 } place ? $"\n{place}" : string.Empty;
        return new Verdict(
            error is not null && buts.Count == 0,
            new Complaint($"an exception{with} to be thrown", $"{but}.{position}"),
            new Complaint($"an exception{with} not to be thrown", $"{Display.Of(error?.Exception.Message)} was thrown.{position}"));

        void Check(bool fits, string otherwise)
        {
            if (!fits)
            {
                buts.Add(otherwise);
            }
        }
    }

    private static bool IsLike(string? text, string pattern) =>
        text is not null && WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text);
}
