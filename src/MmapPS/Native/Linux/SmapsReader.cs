using System;
using System.Buffers.Text;
using System.IO;
using System.Text;
using MmapPS.Native.Linux.Calls;
using MmapPS.Native.Unix;
using MmapPS.Resources;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <summary>
/// Reads /proc/PID/smaps (Documentation/filesystems/proc.rst) mapping by mapping, as bytes: there are two dozen lines
/// per mapping, and there may be tens of thousands of mappings.
/// </summary>
internal sealed class SmapsReader : IDisposable
{
    private const string DeletedMark = " (deleted)";

    private readonly int _processId;
    private readonly string _root;
    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly RepeatedText _permissions = new();
    private readonly RepeatedText _path = new();
    private readonly RepeatedText _flags = new();
    private int _start;
    private int _end;
    private ProcessMapping? _pending;

    /// <summary>Opens the file.</summary>
    /// <param name="folder">The folder of the process: /proc/self or /proc/PID.</param>
    /// <param name="processId">The id of the process.</param>
    /// <exception cref="MappingException">FileNotFound: no such process. AccessDenied. NotSupported: this kernel has no smaps.</exception>
    public SmapsReader(string folder, int processId)
    {
        _processId = processId;
        _root = folder + "/root";
        string path = folder + "/smaps";
        _stream = Guard(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));
        FileTrace.Opened(path, FileAccess.Read, create: false, _stream);
    }

    /// <summary>The next mapping, or null after the last.</summary>
    /// <exception cref="MappingException">FileNotFound: the process has ended.</exception>
    public ProcessMapping? Read()
    {
        while (TryReadLine(out ReadOnlySpan<byte> line))
        {
            // Headers start with a lower-case address, fields with a capital letter.
            if (line.IsEmpty || line[0] is >= (byte)'A' and <= (byte)'Z')
            {
                ReadField(line);
                continue;
            }

            ProcessMapping? complete = _pending;
            _pending = ReadHeader(line);
            if (complete is not null)
            {
                return complete;
            }
        }

        ProcessMapping? last = _pending;
        _pending = null;
        return last;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => FileTrace.Close(_stream);

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MappingException(MappingError.AccessDenied, Messages.ProcessDenied(_processId), failure);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Directory.Exists("/proc/" + _processId)
                ? new MappingException(MappingError.NotSupported, Messages.ProcessSizesMissing(_processId), failure)
                : new MappingException(MappingError.FileNotFound, Messages.ProcessUnknown(_processId), failure);
        }
        catch (IOException failure)
        {
            // .NET stores the error number in HResult.
            throw failure.HResult == ESRCH
                ? new MappingException(MappingError.FileNotFound, Messages.ProcessUnknown(_processId), failure)
                : MemoryPlatform.System(LinuxErrno.Describe("read", failure.HResult), _root);
        }
    }

    // If the buffer holds no whole line, the rest counts as a line; the kernel's lines are much shorter.
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        while (length < 0 && Fill())
        {
            length = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
        }

        line = _buffer.AsSpan(_start, length < 0 ? _end - _start : length);
        bool any = length >= 0 || !line.IsEmpty;
        _start = Math.Min(_end, _start + line.Length + 1);
        return any;
    }

    private bool Fill()
    {
        Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
        _end -= _start;
        _start = 0;
        int count = Guard(() => _stream.Read(_buffer, _end, _buffer.Length - _end));
        _end += count;
        return count > 0;
    }

    // 7f8c9c000000-7f8c9c021000 rw-p 00000000 fe:00 247270                     /usr/bin/cat
    private ProcessMapping ReadHeader(ReadOnlySpan<byte> line)
    {
        ulong start = TakeNumber(ref line, 'x');
        ulong end = TakeNumber(ref line, 'x');
        string permissions = _permissions.Get(TakeWord(ref line));
        ulong offset = TakeNumber(ref line, 'x');
        TakeWord(ref line);
        ulong inode = TakeNumber(ref line, 'D');
        string path = FindName(_path.Get(SkipBlanks(line)), inode, out bool deleted);
        return new ProcessMapping(_processId, start, (long)(end - start), permissions)
        {
            Offset = (long)offset,
            Path = path.Length == 0 ? null : path,
            Deleted = deleted,
            Dirty = 0,
            Huge = 0,
        };
    }

    // The kernel shows a line feed as \012 and marks deleted files, but a name may also contain this text. The file decides.
    private string FindName(string shown, ulong inode, out bool deleted)
    {
        deleted = false;
        bool marked = shown.EndsWith(DeletedMark, StringComparison.Ordinal);
        string decoded = shown.Replace("\\012", "\n");
        if ((!marked && decoded == shown) || IsFile(shown, inode))
        {
            return shown;
        }

        if (!marked || IsFile(decoded, inode))
        {
            return decoded;
        }

        deleted = true;
        return decoded.Substring(0, decoded.Length - DeletedMark.Length);
    }

    // The path as the process sees it. Only the inode number is compared: on btrfs the kernel shows another device here
    // than statx(2), and within a folder the number is enough.
    private bool IsFile(string path, ulong inode) =>
        path[0] == '/' && Statx.Invoke(_root + path, out Statx.Result file) == 0 && file.Inode == inode;

    // Rss:                   8 kB
    private void ReadField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (_pending is null || colon < 0)
        {
            return;
        }

        ReadOnlySpan<byte> name = line.Slice(0, colon);
        ReadOnlySpan<byte> value = line.Slice(colon + 1);
        switch (colon)
        {
            case 3 when name.SequenceEqual("Rss"u8):
                _pending.Rss = ToBytes(value);
                break;
            case 3 when name.SequenceEqual("Pss"u8):
                _pending.Pss = ToBytes(value);
                break;
            case 4 when name.SequenceEqual("Swap"u8):
                _pending.Swap = ToBytes(value);
                break;
            case 6 when name.SequenceEqual("Locked"u8):
                _pending.Locked = ToBytes(value);
                break;
            case 7 when name.SequenceEqual("VmFlags"u8):
                _pending.VmFlags = _flags.Get(SkipBlanks(value.Slice(0, value.Length - (value.EndsWith(" "u8) ? 1 : 0))));
                break;
            case 12 when name.SequenceEqual("Shared_Dirty"u8):
            case 13 when name.SequenceEqual("Private_Dirty"u8):
                _pending.Dirty += ToBytes(value);
                break;
            case 13 when name.SequenceEqual("AnonHugePages"u8) || name.SequenceEqual("FilePmdMapped"u8):
            case 14 when name.SequenceEqual("ShmemPmdMapped"u8) || name.SequenceEqual("Shared_Hugetlb"u8):
            case 15 when name.SequenceEqual("Private_Hugetlb"u8):
                _pending.Huge += ToBytes(value);
                break;
        }
    }

    private static long ToBytes(ReadOnlySpan<byte> kilobytes) =>
        Utf8Parser.TryParse(SkipBlanks(kilobytes), out long value, out _) ? value * 1024 : 0;

    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        return text.Slice(start);
    }

    // A number and the character after it.
    private static ulong TakeNumber(ref ReadOnlySpan<byte> line, char format)
    {
        bool any = Utf8Parser.TryParse(line, out ulong value, out int length, format);
        line = line.Slice(Math.Min(line.Length, length + 1));
        return any ? value : 0;
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> line)
    {
        int length = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = length < 0 ? line : line.Slice(0, length);
        line = line.Slice(Math.Min(line.Length, word.Length + 1));
        return word;
    }

    /// <summary>Text that is mostly the same as the last time.</summary>
    private sealed class RepeatedText
    {
        private byte[] _bytes = [];
        private string _text = string.Empty;

        public string Get(ReadOnlySpan<byte> bytes)
        {
            if (!bytes.SequenceEqual(_bytes))
            {
                _bytes = bytes.ToArray();
                _text = Encoding.UTF8.GetString(_bytes);
            }

            return _text;
        }
    }
}
