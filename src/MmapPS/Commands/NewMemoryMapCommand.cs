using System.Collections.Generic;
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
public sealed class NewMemoryMapCommand : PathCommand
{
    private const string AnonymousSet = "Anonymous";
    private const string SecretSet = "Secret";

    // Declared here too, so that help lists its syntax behind that of -Path.

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>Maps memory without a file; <see cref="Length"/> says how much.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AnonymousSet)]
    public SwitchParameter Anonymous { get; set; }

    /// <summary>
    /// Maps memory that is never swapped or dumped, that the kernel removes from its own page tables where it can (memfd_secret),
    /// and that is overwritten when the region is removed.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = AnonymousSet)]
    public SwitchParameter Secret { get; set; }

    /// <summary>
    /// Maps shared memory by name, for this user only. Missing memory is made with <see cref="Length"/> bytes.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [RegionCompleter]
    public string? Name { get; set; }

    /// <summary>
    /// Where in the file the region starts, in bytes; any offset, default 0. With <see cref="Name"/> the region may then be a part of
    /// the memory.
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
    public MemoryAdvice[] Advice { get; set; } = [];

    /// <summary>
    /// Make a missing file, <see cref="Offset"/> plus <see cref="Length"/> bytes long. With <see cref="Name"/>: make new memory, and
    /// fail if the name exists.
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
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            base.ProcessRecord();
        }
        else
        {
            Try(Name, () => Map(path: null));
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessPath(string path) => Map(path);

    private void Map(string? path)
    {
        string subject = path ?? Name ?? Messages.AnonymousMemory();
        string target = Length is long length ? Messages.TargetRange(subject, Offset, length) : Messages.TargetRest(subject, Offset);
        if (!Ask(target, DescribeAction()))
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
        MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, request, Work, Runspace.DefaultRunspace);
        if (Stopping)
        {
            // WriteObject would throw, and the region would stay open.
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
