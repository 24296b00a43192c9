using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Restores a number that a command line gives without quotes. After a minus sign PowerShell passes it as text to a parameter that
/// takes any object: -Value -1 would be the characters "-1", but -Value 1 is a number.
/// </summary>
internal static class UnquotedNumber
{
    /// <summary>The value of a parameter, with each such text as a number.</summary>
    /// <param name="invocation">The command line; values from elsewhere are not changed.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    public static object? Restore(InvocationInfo invocation, string parameter, object? value)
    {
        object? plain = ScriptValue.Unwrap(value);
        if (plain is not (string or object[]) || !Items(plain).Any(MayBeNumber) || FindArgument(invocation, parameter) is not { } argument)
        {
            return value;
        }

        List<object?> items = Items(plain).ToList();
        List<ExpressionAst> elements = argument is ArrayLiteralAst array ? [.. array.Elements] : [argument];
        if (items.Count != elements.Count)
        {
            return value;
        }

        object?[] restored = items.Zip(elements, Restore).ToArray();
        return plain is object[] ? restored : restored[0];
    }

    private static object? Restore(object? item, ExpressionAst element) =>
        element is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord, Value: var word }
        && word == item as string
        && Parser.ParseInput(word, out _, out _).EndBlock.Statements.FirstOrDefault() is PipelineAst line
        && line.GetPureExpression() is ConstantExpressionAst { Value: IConvertible and not string } number
            ? number.Value
            : item;

    private static bool MayBeNumber(object? item) =>
        item is string { Length: > 1 } text && text[0] == '-' && text[1] is '.' or (>= '0' and <= '9');

    private static IEnumerable<object?> Items(object value) =>
        value is object[] list ? list.Select(ScriptValue.Unwrap) : [value];

    private static ExpressionAst? FindArgument(InvocationInfo invocation, string parameter)
    {
        if (!invocation.BoundParameters.ContainsKey(parameter))
        {
            return null;
        }

        // The whole command, also over several lines; before PowerShell 7.4 only its first line.
        string command = PSObject.AsPSObject(invocation).Properties["Statement"]?.Value as string
            ?? invocation.Line.Substring(Math.Max(0, Math.Min(invocation.Line.Length, invocation.OffsetInLine - 1)));
        Ast? found = Parser.ParseInput(command, out _, out _).Find(ast => ast is CommandAst, searchNestedScriptBlocks: false);
        return found is CommandAst ast && StaticParameterBinder.BindCommand(ast).BoundParameters.TryGetValue(parameter, out var result)
            ? result.Value as ExpressionAst
            : null;
    }
}
