using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Lets -Range take ResidentRange of Measure-MemoryMap in every form in which it may be saved and read: the list
/// itself, its text (Export-Csv), or a list of texts or of objects with Offset and Length (Export-Clixml, JSON).
/// </summary>
internal sealed class RangeListTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Convert(inputData);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException or PSInvalidCastException)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }

    private static MemoryRangeList Convert(object? input) => ScriptValue.Unwrap(input) switch
    {
        null => throw new FormatException(Messages.RangeInvalid("$null")),
        MemoryRangeList list => list,
        string text => MemoryRangeList.Parse(text),
        MemoryRange range => new MemoryRangeList([range]),
        IEnumerable items and not IDictionary => new MemoryRangeList(items.Cast<object?>().SelectMany(Convert)),
        _ => new MemoryRangeList([ToRange(input!)]),
    };

    private static MemoryRange ToRange(object input) =>
        new(GetNumber(input, nameof(MemoryRange.Offset)), GetNumber(input, nameof(MemoryRange.Length)));

    private static long GetNumber(object input, string name)
    {
        object? value = ScriptValue.Unwrap(input) is IDictionary table ? table[name] : PSObject.AsPSObject(input).Properties[name]?.Value;
        return value is null
            ? throw new FormatException(Messages.RangeInvalid(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? string.Empty))
            : ScriptValue.ToInt64(value);
    }
}
