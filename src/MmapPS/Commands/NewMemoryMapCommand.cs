using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MmapPS.Commands.Bases;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Regions.Making;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Maps files, devices or anonymous memory.</summary>
[Cmdlet(VerbsCommon.New, "MemoryMap", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class NewMemoryMapCommand : MappingCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string AnonymousSet = "Anonymous";
    private const string NameSet = "Name";
    private const string SecretSet = "Secret";

    /// <summary>The files to map; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public string[] Path { get; set; } = [];

    /// <summary>The files to map, names taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Maps memory without a file; <see cref="Length"/> says how much.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AnonymousSet)]
    public SwitchParameter Anonymous { get; set; }

    /// <summary>
    /// Maps memory that is never swapped nor dumped, that the kernel itself does not keep mapped where it can (memfd_secret),
    /// and that is overwritten when the region is removed.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = AnonymousSet)]
    public SwitchParameter Secret { get; set; }

    /// <summary>
    /// Maps shared memory by name, for this user only: made with <see cref="Length"/> bytes where it is missing.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [RegionCompleter]
    public string? Name { get; set; }

    /// <summary>
    /// Where in the file the region starts, in bytes; any offset, default 0. With <see cref="Name"/> it says that the region may
    /// be a part of the memory.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes the region has; default all from the offset on.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, ParameterSetName = AnonymousSet)]
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>What may be done with the bytes; default Read,Write.</summary>
    [Parameter]
    [ProtectionTransformation]
    public MemoryProtection Protection { get; set; } = MemoryProtection.Read | MemoryProtection.Write;

    /// <summary>Who sees changes; default Shared for files and Private for anonymous memory.</summary>
    [Parameter]
    public MapSharing? Sharing { get; set; }

    /// <summary>How the mapping is made; default None.</summary>
    [Parameter]
    public MapOptions Option { get; set; }

    /// <summary>The huge page size in bytes, such as 2MB or 1GB; default the system's. Goes with -Option HugePages.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [Int64Transformation]
    public long HugePageSize { get; set; }

    /// <summary>The address that the first byte should have; default the system's choice.</summary>
    [Parameter]
    [Int64Transformation]
    public long Address { get; set; }

    /// <summary>Fail rather than map at another address than <see cref="Address"/>.</summary>
    [Parameter]
    public SwitchParameter Fixed { get; set; }

    /// <summary>Advice for the whole region, given as soon as it is mapped; default none.</summary>
    [Parameter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public MemoryAdvice[] Advice { get; set; } = [];

    /// <summary>
    /// Make the file, <see cref="Offset"/> plus <see cref="Length"/> bytes long, where it is missing. Of memory with a name: make it
    /// anew, and fail where the name is there.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Create { get; set; }

    /// <summary>Make the file longer, with storage behind every byte, where it ends before the region would.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Extend { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        TryOrThrow(null, () =>
        {
            IEnumerable<string> remarks = MemoryPlatform.Current.GetRemarks(Option);
            foreach (string remark in Secret ? remarks.Concat(MemoryPlatform.Current.SecretRemarks) : remarks)
            {
                WriteWarning(remark);
            }
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is not (PathSet or LiteralPathSet))
        {
            Try(Name, () => Map(path: null));
            return;
        }

        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string path in literal ? LiteralPath : Path)
        {
            Try(path, () =>
            {
                foreach (string file in FilePaths.Resolve(SessionState.Path, path, literal))
                {
                    Try(file, () => Map(file));
                }
            });
        }
    }

    private void Map(string? path)
    {
        string subject = path ?? Name ?? Messages.AnonymousMemory();
        string target = Length is long length ? Messages.TargetRange(subject, Offset, length) : Messages.TargetRest(subject, Offset);
        if (!ShouldProcess(target, DescribeAction()))
        {
            return;
        }

        var request = new MapRequest
        {
            Path = path,
            Offset = Offset,
            IsPart = MyInvocation.BoundParameters.ContainsKey(nameof(Offset)),
            Length = Length,
            Protection = Protection,
            Name = Name,
            Secret = Secret,
            Sharing = Sharing ?? (path is null && Name is null ? MapSharing.Private : MapSharing.Shared),
            Options = GetOptions(),
            HugePageSize = HugePageSize,
            Address = Address,
            Fixed = Fixed,
            Advice = Advice,
            Create = Create,
            Extend = Extend,
        };
        MappedRegion region = RegionFactory.Create(request, Watch, Runspace.DefaultRunspace);
        if (Stopping)
        {
            // WriteObject would only throw, and the region would be left.
            region.Abandon();
            throw new PipelineStoppedException();
        }

        WriteObject(region);
    }

    private MapOptions GetOptions() =>
        Option
        | (HugePageSize > 0 ? MapOptions.HugePages : MapOptions.None)
        | (Secret ? MapOptions.Locked : MapOptions.None);

    private string DescribeAction()
    {
        decimal end = (decimal)Offset + Length.GetValueOrDefault();
        return Create ? Messages.ActionCreate(end) : Extend ? Messages.ActionExtend(end) : Messages.ActionMap();
    }
}
