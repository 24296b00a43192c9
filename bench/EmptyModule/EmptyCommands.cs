using System.Management.Automation;

namespace EmptyModule;

[Cmdlet(VerbsDiagnostic.Test, "Empty01")]
public sealed class TestEmpty01Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty02")]
public sealed class TestEmpty02Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty03")]
public sealed class TestEmpty03Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty04")]
public sealed class TestEmpty04Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty05")]
public sealed class TestEmpty05Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty06")]
public sealed class TestEmpty06Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty07")]
public sealed class TestEmpty07Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty08")]
public sealed class TestEmpty08Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty09")]
public sealed class TestEmpty09Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty10")]
public sealed class TestEmpty10Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty11")]
public sealed class TestEmpty11Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty12")]
public sealed class TestEmpty12Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty13")]
public sealed class TestEmpty13Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty14")]
public sealed class TestEmpty14Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty15")]
public sealed class TestEmpty15Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty16")]
public sealed class TestEmpty16Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty17")]
public sealed class TestEmpty17Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty18")]
public sealed class TestEmpty18Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty19")]
public sealed class TestEmpty19Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty20")]
public sealed class TestEmpty20Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty21")]
public sealed class TestEmpty21Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty22")]
public sealed class TestEmpty22Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty23")]
public sealed class TestEmpty23Command : PSCmdlet
{
}

[Cmdlet(VerbsDiagnostic.Test, "Empty24")]
public sealed class TestEmpty24Command : PSCmdlet
{
}
