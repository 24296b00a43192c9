using System.IO;

namespace MmapPS;

/// <summary>An error of MmapPS: its id, and a message with the numbers that matter and what to do next.</summary>
/// <remarks>
/// Derives from <see cref="IOException"/> so that users of a region's stream handle it as an I/O error.
/// Each condition that a script can meet on a region's own members has its own type, because PowerShell makes the first
/// part of FullyQualifiedErrorId from the type's name there.
/// </remarks>
public class MappingException : IOException
{
    internal MappingException(MappingError error, string message, System.Exception? innerException = null)
        : this(error, error.ToString(), message, innerException)
    {
    }

    private MappingException(MappingError error, string errorId, string message, System.Exception? innerException)
        : base(message, innerException)
    {
        Error = error;
        ErrorId = errorId;
    }

    /// <summary>The condition.</summary>
    public MappingError Error { get; }

    /// <summary>The first part of FullyQualifiedErrorId: the condition's name, or FUNCTION.ERRNO.</summary>
    public string ErrorId { get; }

    /// <summary>The same condition with another message.</summary>
    internal MappingException With(string message) => new(Error, ErrorId, message, this);

    /// <summary>The same error with another message, such as what it means for the interrupted work.</summary>
    internal MappingException Reworded(string message) => new(Error, ErrorId, message, this);

    /// <summary>An error of the operating system that has no id of MmapPS.</summary>
    internal static MappingException FromSystem(string function, string errorName, string message) =>
        new(MappingError.System, $"{function}.{errorName}", message, innerException: null);
}
