using System.Management.Automation;

namespace MmapPS.Parameters;

/// <summary>Completes -Encoding.</summary>
internal sealed class EncodingCompleterAttribute : ArgumentCompleterAttribute
{
    public EncodingCompleterAttribute()
        : base(typeof(Completer))
    {
    }

    private sealed class Completer : NameCompleter
    {
        public Completer()
            : base(EncodingTransformationAttribute.Names)
        {
        }
    }
}
