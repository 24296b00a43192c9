using System.Management.Automation;
using MmapPS.Bytes.Values;

namespace MmapPS.Parameters;

/// <summary>Completes -Type of the cmdlets for values.</summary>
internal sealed class ValueTypeCompleterAttribute : ArgumentCompleterAttribute
{
    public ValueTypeCompleterAttribute()
        : base(typeof(Completer))
    {
    }

    private sealed class Completer : NameCompleter
    {
        public Completer()
            : base(ValueFormatParser.Names)
        {
        }
    }
}
