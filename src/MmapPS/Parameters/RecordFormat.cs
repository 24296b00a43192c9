using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Linq.Expressions;
using System.Management.Automation;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Values;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>A record as an object: one PSCustomObject with a property for each field.</summary>
internal sealed class RecordFormat : ValueFormat
{
    private static readonly Func<int, PSObject> s_create = FindCreator();

    private readonly RecordLayout _layout;

    private RecordFormat(RecordLayout layout)
        : base(Messages.RecordType(), layout.Size) => _layout = layout;

    /// <summary>Parses a user's layout: names and types in order.</summary>
    /// <exception cref="MappingException">
    /// NotSupported: it is not ordered, or a type is unknown. OutOfRange: a name or size is not valid.
    /// </exception>
    public static RecordFormat Parse(IDictionary layout, bool bigEndian)
    {
        if (layout is not IOrderedDictionary)
        {
            throw new MappingException(MappingError.NotSupported, Messages.LayoutUnordered(layout.GetType().Name));
        }

        var format = new RecordFormat(RecordLayout.Parse(layout.Cast<DictionaryEntry>().Select(ToField), bigEndian));
        foreach (LayoutField field in format._layout.Fields)
        {
            DemandFree(field.Name);
        }

        return format;
    }

    /// <summary>The offset and the format of a field; case does not matter.</summary>
    /// <exception cref="OutOfRangeException">There is no field of that name.</exception>
    public (int Offset, ValueFormat Format) Find(string name)
    {
        LayoutField field = _layout.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new OutOfRangeException(Messages.FieldUnknown(name, _layout.Fields.Select(field => field.Name)));
        return (field.Offset, field.Format);
    }

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes)
    {
        IReadOnlyList<LayoutField> fields = _layout.Fields;
        object[] values = _layout.Read(bytes);
        PSObject record = s_create(values.Length);
        PSMemberInfoCollection<PSPropertyInfo> properties = record.Properties;
        for (int i = 0; i < values.Length; i++)
        {
            // The names are already checked, which takes longer than everything else here.
            properties.Add(new PSNoteProperty(fields[i].Name, values[i]), preValidated: true);
        }

        return record;
    }

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        if (value is null)
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }

        object?[] values = new object?[_layout.Fields.Count];
        for (int i = 0; i < values.Length; i++)
        {
            LayoutField field = _layout.Fields[i];
            values[i] = ValueOf(field.Format, GetProperty(value, field.Name));
        }

        _layout.Write(values, bytes);
    }

    /// <summary>The input of a format: a value, or the items of an array, without PowerShell's wrappers; bytes for a block.</summary>
    public static object? ValueOf(ValueFormat format, object? value) => format switch
    {
        RecordFormat => value,
        BytesFormat => ByteValue.ToBytes(value, EncodingTransformationAttribute.Default, ScriptCaller.Unwrap),
        ArrayFormat when ScriptCaller.Unwrap(value) is IList list => list.Cast<object?>().Select(ScriptCaller.Unwrap).ToList(),
        _ => ScriptCaller.Unwrap(value),
    };

    private static KeyValuePair<string, string> ToField(DictionaryEntry entry) => new(ToText(entry.Key), ToText(entry.Value));

    private static string ToText(object? value) =>
        Convert.ToString(ScriptCaller.Unwrap(value), CultureInfo.InvariantCulture) ?? string.Empty;

    private static void DemandFree(string name)
    {
        try
        {
            var record = new PSObject();
            record.Properties.Add(new PSNoteProperty(name, value: null));
            if (record.Properties[name] is PSNoteProperty)
            {
                return;
            }
        }
        catch (ExtendedTypeSystemException)
        {
            // PowerShell refuses some names, and others would hide members.
        }

        throw new OutOfRangeException(Messages.LayoutNameReserved(name));
    }

    private static object? GetProperty(object value, string name)
    {
        if (ScriptCaller.Unwrap(value) is IDictionary table)
        {
            return table.Contains(name) ? table[name] : throw new OutOfRangeException(Messages.FieldMissing(name));
        }

        PSPropertyInfo property = PSObject.AsPSObject(value).Properties[name] ?? throw new OutOfRangeException(Messages.FieldMissing(name));
        try
        {
            return property.Value;
        }
        catch (GetValueException exception)
        {
            throw new OutOfRangeException(Messages.FieldUnreadable(name, exception.Message));
        }
    }

    // PowerShell 7 makes an object with a given capacity in half the time, because it does not use a weak table.
    private static Func<int, PSObject> FindCreator()
    {
        if (typeof(PSObject).GetConstructor([typeof(int)]) is { } constructor
            && constructor.GetParameters()[0].ParameterType == typeof(int))
        {
            ParameterExpression capacity = Expression.Parameter(typeof(int));
            return Expression.Lambda<Func<int, PSObject>>(Expression.New(constructor, capacity), capacity).Compile();
        }

        return _ => new PSObject();
    }
}
