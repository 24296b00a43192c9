using System.Collections.Generic;
using System.IO;
using System.Text;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Native;

/// <content>Memory with a name.</content>
internal abstract partial class MemoryPlatform
{
    /// <summary>Opens shared memory by name, or makes it.</summary>
    /// <param name="name">A name that <see cref="DemandValidName"/> accepts.</param>
    /// <param name="length">Its length in bytes if it is made; null: it must exist.</param>
    /// <param name="access">What the mapping needs.</param>
    /// <param name="work">Told of each part that memory which is made gets.</param>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, NoSpace, or another refusal.</exception>
    public abstract NamedMemory OpenNamed(string name, long? length, FileAccess access, IWork work);

    /// <summary>Removes a name; processes that have the memory mapped keep it.</summary>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, NotSupported.</exception>
    public virtual void Unlink(string name) => throw NotSupported(Messages.NoUnlink());

    /// <summary>The names that belong to this user.</summary>
    /// <exception cref="MappingException">NotSupported.</exception>
    public virtual IReadOnlyList<SharedMemoryName> GetNames() => throw NotSupported(Messages.NoNameList());

    /// <summary>Refuses a name that some system would not take.</summary>
    /// <exception cref="OutOfRangeException">It is empty, too long, or has a slash, backslash or zero in it.</exception>
    public static void DemandValidName(string name)
    {
        const int Longest = 200; // NAME_MAX is 255 bytes, and Windows adds a prefix
        if (Encoding.UTF8.GetByteCount(name) is 0 or > Longest || name is "." or ".." || name.IndexOfAny(['/', '\\', '\0']) >= 0)
        {
            throw new OutOfRangeException(Messages.NameInvalid(name, Longest));
        }
    }

    private static MappingException NotSupported(string message) => new(MappingError.NotSupported, message);
}
