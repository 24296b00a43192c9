namespace System.Runtime.CompilerServices;

/// <summary>Polyfill: required by the compiler for init-only setters and records.</summary>
internal static class IsExternalInit
{
}
