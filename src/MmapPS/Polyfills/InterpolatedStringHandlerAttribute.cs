namespace System.Runtime.CompilerServices;

/// <summary>What the compiler wants for types that take interpolated text, and netstandard2.0 has not.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute
{
}
