using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>The folder of a spec file's own, as `$TestDrive` and as the drive TestDrive:. A block leaves it as it found it.</summary>
internal sealed class TestDrive : IDisposable
{
    private const string Name = "TestDrive";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory(Name + "-");

    public TestDrive(SessionState session)
    {
        ProviderInfo files = session.Provider.GetOne("FileSystem");
        session.Drive.New(new PSDriveInfo(Name, files, root.FullName, string.Empty, null), "Global");
        session.PSVariable.Set(new PSVariable("Global:" + Name, root.FullName));
    }

    /// <summary>Notes what is there now; disposing the note removes all that has come since.</summary>
    public IDisposable Keep() => new Note(root);

    public void Dispose() => Remove(root);

    private static void Remove(FileSystemInfo entry)
    {
        try
        {
            if (IsFolder(entry))
            {
                ((DirectoryInfo)entry).Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"EngineHost: left behind {entry.FullName}: {refused.Message}");
        }
    }

    // Links are entries like files: what they lead to is not the drive's.
    private static bool IsFolder(FileSystemInfo entry) => entry is DirectoryInfo { LinkTarget: null };

    private sealed class Note : IDisposable
    {
        private readonly DirectoryInfo root;
        private readonly HashSet<string> kept = [];

        public Note(DirectoryInfo root)
        {
            this.root = root;
            Keep(root);
        }

        public void Dispose() => RemoveNew(root);

        private void Keep(DirectoryInfo folder)
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
            {
                kept.Add(entry.FullName);
                if (IsFolder(entry))
                {
                    Keep((DirectoryInfo)entry);
                }
            }
        }

        private void RemoveNew(DirectoryInfo folder)
        {
            foreach (FileSystemInfo entry in folder.GetFileSystemInfos())
            {
                if (!kept.Contains(entry.FullName))
                {
                    Remove(entry);
                }
                else if (IsFolder(entry))
                {
                    RemoveNew((DirectoryInfo)entry);
                }
            }
        }
    }
}
