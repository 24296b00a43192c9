using System;
using System.Text;
using MmapPS.Bytes.Sources;

namespace MmapPS.Kernels;

/// <summary>Input data, the same in each run.</summary>
internal static class Data
{
    public const int Size = 64 << 20;

    private static readonly string[] s_words =
    [
        "connection", "request", "server", "user", "session", "timeout", "error", "warning", "info", "debug", "GET", "POST", "index",
        "value", "cache", "memory", "disk", "page", "file", "region", "offset", "length", "thread", "process", "127.0.0.1", "the", "of",
    ];

    /// <summary>Lines of a log.</summary>
    public static IByteSource Log()
    {
        var random = new Random(1);
        var text = new StringBuilder(Size + 256);
        while (text.Length < Size)
        {
            text.Append("2024-01-01 00:00:").Append(random.Next(10, 60)).Append(" [").Append(random.Next(99999)).Append(']');
            for (int words = random.Next(5, 18); words > 0; words--)
            {
                text.Append(' ').Append(s_words[random.Next(s_words.Length)]);
            }

            text.Append('\n');
        }

        return new CopyingSource(Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>One letter, the worst case of naive searches.</summary>
    public static IByteSource Monotonous()
    {
        byte[] bytes = new byte[Size];
        bytes.AsSpan().Fill((byte)'a');
        return new CopyingSource(bytes);
    }
}
