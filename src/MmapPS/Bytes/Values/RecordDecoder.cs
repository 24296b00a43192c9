using System;

namespace MmapPS.Bytes.Values;

/// <summary>Decodes the bytes of a record into a value.</summary>
internal delegate T RecordDecoder<out T>(ReadOnlySpan<byte> record);
