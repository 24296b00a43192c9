using System;
using System.Collections.Generic;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Windows.Calls;
using MmapPS.Resources;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <summary>Reads the mappings of a process: all committed or reserved address space, in uniform parts.</summary>
internal sealed class ProcessReader : IDisposable
{
    private readonly int _processId;
    private readonly SafeProcessHandle _process;
    private readonly DevicePaths _paths = new();
    private nint _allocation;
    private string? _path;

    /// <summary>Opens the process.</summary>
    /// <exception cref="MappingException">FileNotFound: no such process. AccessDenied, or another error of the system.</exception>
    public ProcessReader(int processId)
    {
        _processId = processId;
        using Process own = Process.GetCurrentProcess();
        int code = 0;
        _process = processId == own.Id
            ? new SafeProcessHandle(Kernel32.CurrentProcess, ownsHandle: false)
            : OpenProcess.Invoke(processId, ProcessQueryInformation, out code);
        switch (code)
        {
            case 0:
                return;
            case InvalidParameter:
                throw new MappingException(MappingError.FileNotFound, Messages.ProcessUnknown(processId));
            case AccessDenied:
                throw new MappingException(MappingError.AccessDenied, Messages.ProcessDeniedOnWindows(processId));
            default:
                throw WindowsErrors.ToException("OpenProcess", code, Messages.ProcessName(processId));
        }
    }

    /// <summary>The mappings in ascending order; they end if the process ends.</summary>
    public IEnumerable<ProcessMapping> Read(long pageSize)
    {
        nint at = 0;
        while (VirtualQueryEx.TryInvoke(_process, at, out VirtualQuery.MemoryInformation area))
        {
            if (area.State != MemFree)
            {
                yield return Describe(area, pageSize);
            }

            at = area.Address + (nint)area.Length;
        }
    }

    /// <summary>Closes the process.</summary>
    public void Dispose() => _process.Dispose();

    private ProcessMapping Describe(VirtualQuery.MemoryInformation area, long pageSize)
    {
        PageCounts? counts = area.State == MemCommit
            ? PageCounts.Find(_process, area.Address, (long)area.Length, pageSize)
            : new PageCounts(0, 0, 0);
        return new ProcessMapping(
            _processId, (ulong)area.Address, (long)area.Length, PageProtection.GetText(area.Protection) + (area.IsShared ? "s" : "p"))
        {
            Path = area.Type == MemPrivate ? null : FindPath(area.Allocation),
            Rss = counts?.Resident,
            Locked = counts?.Locked,
            Huge = counts?.Large,
        };
    }

    // An allocation has several parts if its protection differs, as in programs.
    private string? FindPath(nint allocation)
    {
        if (allocation != _allocation)
        {
            _allocation = allocation;
            _path = GetMappedFileName.Invoke(_process, allocation, _paths.Buffer) is string path ? _paths.ToUserPath(path) : null;
        }

        return _path;
    }
}
