using System;
using System.IO;
using System.Text;

namespace MmapPS.Bytes.Sources;

/// <summary>Reads a source as UTF-8 text, one buffer at a time. Fails like the source.</summary>
internal sealed class SourceTextReader : TextReader
{
    private const int BufferSize = 64 * 1024;

    private readonly IByteSource _source;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[BufferSize];
    private readonly char[] _characters = new char[Encoding.UTF8.GetMaxCharCount(BufferSize)];
    private readonly Action<long>? _progress;
    private long _position;
    private int _next;
    private int _count;

    /// <param name="source">The bytes.</param>
    /// <param name="progress">Called with the bytes read since the last call; an exception from it ends the reading.</param>
    public SourceTextReader(IByteSource source, Action<long>? progress = null)
    {
        _source = source;
        _progress = progress;
    }

    /// <inheritdoc/>
    public override int Peek() => Fill() ? _characters[_next] : -1;

    /// <inheritdoc/>
    public override int Read() => Fill() ? _characters[_next++] : -1;

    private bool Fill()
    {
        while (_next == _count && _position < _source.Length)
        {
            int length = (int)Math.Min(BufferSize, _source.Length - _position);
            _source.Read(_position, _bytes.AsSpan(0, length));
            _position += length;
            _progress?.Invoke(length);
            _count = _decoder.GetChars(_bytes, 0, length, _characters, 0, flush: _position == _source.Length);
            _next = 0;
        }

        return _next < _count;
    }
}
