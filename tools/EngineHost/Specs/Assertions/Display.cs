using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>Values as failures show them.</summary>
internal static class Display
{
    private const int MostItems = 10;

    public static string Of(object? value)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => "$null",
            bool truth => truth ? "$true" : "$false",
            string { Length: 0 } => "<empty>",
            string text => $"'{text}'",
            DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
            Type type => $"[{NameOf(type)}]",
            ScriptBlock block => $"{{{block}}}",
            IDictionary => LanguagePrimitives.ConvertTo<string>(plain),
            ICollection items => Items(items),
            _ => LanguagePrimitives.ConvertTo<string>(plain),
        };
    }

    private static string NameOf(Type type) => LanguagePrimitives.ConvertTo<string>(type);

    private static string Items(ICollection items)
    {
        IEnumerable<string> shown = items.Cast<object?>().Take(MostItems).Select(Of);
        string more = items.Count > MostItems ? $", ...{items.Count - MostItems} more" : string.Empty;
        return $"@({string.Join(", ", shown)}{more})";
    }
}
