using System;

namespace MmapPS.Content.Values;

/// <summary>Makes a value of the bytes of a record.</summary>
internal delegate T RecordDecoder<out T>(ReadOnlySpan<byte> record);
