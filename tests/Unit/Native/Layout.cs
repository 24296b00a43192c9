using System;
using System.Reflection;
using System.Runtime.InteropServices;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>Sizes and offsets of the structs in imports.</summary>
internal static class Layout
{
    /// <summary>The struct in a function's class has this size and these offsets.</summary>
    public static void AssertIs(Type function, string name, int size, params (string Field, int Offset)[] fields)
    {
        Type type = function.GetNestedType(name, BindingFlags.Public | BindingFlags.NonPublic)!;
        Assert.NotNull(type);
        Assert.Equal(size, Marshal.SizeOf(type));
        foreach ((string field, int offset) in fields)
        {
            Assert.Equal(offset, (int)Marshal.OffsetOf(type, field));
        }
    }
}
