using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix.Calls;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Native.Unix;

/// <content>Memory with a name: a file of the user's own in a folder that the system has for such.</content>
internal abstract partial class UnixPlatform
{
    /// <summary>Where the files are.</summary>
    protected abstract string NameFolder { get; }

    /// <inheritdoc/>
    public override NamedMemory OpenNamed(string name, long? length, FileAccess access, IWork work)
    {
        bool writes = length is not null || access == FileAccess.ReadWrite;
        SafeFileHandle file = OpenName(name, writes, creates: length is not null, out NativeError? error)
            ?? throw NameFailure(error!, name);
        try
        {
            error = FindOwner(file, out FileOwner owner);
            if (error is not null)
            {
                throw System(error, name);
            }

            // A name that somebody else put there is a trap.
            if (!IsOwn(owner))
            {
                throw new MappingException(
                    MappingError.AccessDenied,
                    owner.Type == FileType.Regular
                        ? Messages.NameNotOwned(name, owner.User)
                        : Messages.NameNotMemory(name, owner.Type.ToString()));
            }

            var stream = new FileStream(file, writes ? FileAccess.ReadWrite : FileAccess.Read, bufferSize: 1);
            bool isNew = GiveLength(stream, name, length, work);
            return new NamedMemory(stream, null, GetLength(file), isNew);
        }
        catch (OperationCanceledException)
        {
            BackgroundRelease.Begin(file);
            throw;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Unlink(string name)
    {
        if (RemoveName(name) is { } error)
        {
            throw NameFailure(error, name);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SharedMemoryName> GetNames()
    {
        var names = new List<SharedMemoryName>();
        foreach (FileInfo file in ListNames())
        {
            // Only what could be opened: regular files, no links.
            if ((file.Attributes & FileAttributes.ReparsePoint) != 0
                || FindOwner(file.FullName, out FileOwner owner) is not null
                || !IsOwn(owner))
            {
                continue;
            }

            try
            {
                names.Add(new SharedMemoryName(file.Name, file.Length, file.LastWriteTime));
            }
            catch (FileNotFoundException)
            {
                // Somebody removed it meanwhile.
            }
        }

        return names;
    }

    /// <summary>Why a name could not be opened or removed.</summary>
    internal static MappingException NameFailure(NativeError error, string name) => error.Name switch
    {
        "ENOENT" => new MappingException(MappingError.FileNotFound, Messages.NameNotFound(name)),
        "EACCES" or "EPERM" or "ELOOP" => new MappingException(MappingError.AccessDenied, Messages.NameDenied(name)),
        _ => System(error, name),
    };

    /// <summary>
    /// Opens the file of a name, for its user alone where it is made. It follows no link, nor waits for the other end of a pipe
    /// that somebody put there.
    /// </summary>
    /// <returns>The file, or null where <paramref name="error"/> says why not.</returns>
    protected abstract SafeFileHandle? OpenName(string name, bool writes, bool creates, out NativeError? error);

    /// <summary>Removes the file of a name.</summary>
    /// <returns>Why not, or null.</returns>
    protected abstract NativeError? RemoveName(string name);

    /// <summary>Whose an open file is.</summary>
    /// <returns>Why that cannot be told, or null.</returns>
    protected abstract NativeError? FindOwner(SafeFileHandle file, out FileOwner owner);

    /// <summary>Whose the file at a path is.</summary>
    /// <returns>Why that cannot be told, or null.</returns>
    protected abstract NativeError? FindOwner(string path, out FileOwner owner);

    private FileInfo[] ListNames()
    {
        try
        {
            return new DirectoryInfo(NameFolder).GetFiles();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (IOException failure)
        {
            throw System("opendir", failure.HResult, NameFolder);
        }
    }

    private static bool IsOwn(FileOwner owner) => owner.User == UserId.Effective && owner.Type == FileType.Regular;

    // The first process sets the length and reports it as new; the lock makes the others wait until it is set.
    private bool GiveLength(FileStream stream, string name, long? length, IWork work)
    {
        SafeFileHandle file = stream.SafeFileHandle;
        Flock.Take(file);
        try
        {
            if (length is not long wanted || GetLength(file) != 0)
            {
                return false;
            }

            Grow(name, stream, wanted, work);
            return true;
        }
        catch
        {
            _ = RemoveName(name);
            throw;
        }
        finally
        {
            Flock.Release(file);
        }
    }
}
