namespace MmapPS;

/// <summary>A page could not be read or written; the session goes on.</summary>
public sealed class PageFaultException : MappingException
{
    internal PageFaultException(string message)
        : base(MappingError.PageFault, message)
    {
    }
}

/// <summary>An offset or length is outside the region.</summary>
public sealed class OutOfRangeException : MappingException
{
    internal OutOfRangeException(string message)
        : base(MappingError.OutOfRange, message)
    {
    }
}

/// <summary>The region was removed.</summary>
public sealed class RegionClosedException : MappingException
{
    internal RegionClosedException(string message)
        : base(MappingError.RegionClosed, message)
    {
    }
}

/// <summary>The region may not be written.</summary>
public sealed class NotWritableException : MappingException
{
    internal NotWritableException(string message)
        : base(MappingError.NotWritable, message)
    {
    }
}

/// <summary>The region may not be read.</summary>
public sealed class NotReadableException : MappingException
{
    internal NotReadableException(string message)
        : base(MappingError.NotReadable, message)
    {
    }
}

/// <summary>The file system of the region's file is full.</summary>
public sealed class NoSpaceException : MappingException
{
    internal NoSpaceException(string message)
        : base(MappingError.NoSpace, message)
    {
    }
}
