namespace System.Runtime.CompilerServices;

/// <summary>What the compiler wants for <c>init</c> and records, and netstandard2.0 has not.</summary>
internal static class IsExternalInit
{
}
