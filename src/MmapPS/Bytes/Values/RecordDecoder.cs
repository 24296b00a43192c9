using System;

namespace MmapPS.Bytes.Values;

/// <summary>Makes a value of the bytes of a record.</summary>
internal delegate T RecordDecoder<out T>(ReadOnlySpan<byte> record);
