namespace System.Runtime.CompilerServices;

/// <summary>Polyfill: required by the compiler for interpolated string handlers.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute
{
}
