using System;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

namespace MmapPS.Native;

/// <summary>
/// Traces system calls in the format of strace(1) when a listener is set on the calling thread. A call is traced by
/// <c>Listener?.Invoke(Call(...))</c>, so that no text is made without a listener. Output arguments are written as
/// <c>...</c>.
/// </summary>
internal static class NativeTrace
{
    [ThreadStatic]
    private static Action<string>? s_listener;

    /// <summary>The listener of this thread, or null. It must not throw.</summary>
    public static Action<string>? Listener
    {
        get => s_listener;
        set => s_listener = value;
    }

    /// <summary>A call as text, such as <c>munlock(0x7f0000000000, 4096) = 0</c>.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="result">Its result.</param>
    /// <param name="arguments">Its arguments: an nint is an address, a handle is shown as its number.</param>
    public static string Call(string function, string result, params object[] arguments) =>
        $"{function}({string.Join(", ", arguments.Select(Show))}) = {result}";

    /// <summary>An address as text.</summary>
    public static string Address(nint address) => address == 0 ? "NULL" : "0x" + address.ToString("x");

    /// <summary>Text as an argument, such as a path: in quotes, or NULL.</summary>
    public static string Text(string? text) => text is null ? "NULL" : "\"" + text + "\"";

    /// <summary>A number as bits or as a code, such as <c>0x1f</c>.</summary>
    public static string Hex(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    private static string Show(object argument) => argument switch
    {
        nint address => Address(address),
        SafeHandle handle => ((long)handle.DangerousGetHandle()).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
