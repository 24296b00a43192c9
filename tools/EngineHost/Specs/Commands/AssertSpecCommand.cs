using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using EngineHost.Specs.Assertions;

namespace EngineHost.Specs.Commands;

/// <summary>Should. Each operator is a switch with a parameter set of its own, so that a word the operator does not know is an
/// error of binding.</summary>
[Cmdlet(VerbsLifecycle.Assert, "Spec")]
[Alias("Should")]
[OutputType(typeof(ErrorRecord))]
public sealed class AssertSpecCommand : PSCmdlet
{
    private readonly List<object?> actual = [];

    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? ActualValue { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Be))]
    public SwitchParameter Be { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeExactly))]
    public SwitchParameter BeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeTrue))]
    public SwitchParameter BeTrue { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeFalse))]
    public SwitchParameter BeFalse { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeNullOrEmpty))]
    public SwitchParameter BeNullOrEmpty { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeOfType))]
    public SwitchParameter BeOfType { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeGreaterThan))]
    public SwitchParameter BeGreaterThan { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeGreaterOrEqual))]
    public SwitchParameter BeGreaterOrEqual { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLessThan))]
    public SwitchParameter BeLessThan { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLessOrEqual))]
    public SwitchParameter BeLessOrEqual { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeIn))]
    public SwitchParameter BeIn { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Contain))]
    public SwitchParameter Contain { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(HaveCount))]
    public SwitchParameter HaveCount { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Match))]
    public SwitchParameter Match { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(MatchExactly))]
    public SwitchParameter MatchExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLike))]
    public SwitchParameter BeLike { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLikeExactly))]
    public SwitchParameter BeLikeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Exist))]
    public SwitchParameter Exist { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Throw))]
    public SwitchParameter Throw { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Be))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeExactly))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeGreaterThan))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeGreaterOrEqual))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeLessThan))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeLessOrEqual))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeIn))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(Contain))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(HaveCount))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeLike))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeLikeExactly))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? ExpectedValue { get; set; }

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(BeOfType))]
    public object ExpectedType { get; set; } = null!;

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(Match))]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = nameof(MatchExactly))]
    [AllowEmptyString]
    public string RegularExpression { get; set; } = null!;

    [Parameter(Position = 0, ParameterSetName = nameof(Throw))]
    [AllowEmptyString]
    public string? ExpectedMessage { get; set; }

    [Parameter(Position = 1, ParameterSetName = nameof(Throw))]
    public string? ErrorId { get; set; }

    [Parameter(Position = 2, ParameterSetName = nameof(Throw))]
    public Type? ExceptionType { get; set; }

    [Parameter(ParameterSetName = nameof(Throw))]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter Not { get; set; }

    [Parameter(Position = 3)]
    public string? Because { get; set; }

    protected override void ProcessRecord() => actual.Add(ActualValue);

    protected override void EndProcessing()
    {
        if (TakesCollection)
        {
            Judge(OfCollection([.. actual]));
        }
        else if (Throw)
        {
            JudgeThrow();
        }
        else
        {
            foreach (object? value in actual.DefaultIfEmpty())
            {
                Judge(OfValue(value));
            }
        }
    }

    private bool TakesCollection => Be || BeExactly || BeNullOrEmpty || Contain || HaveCount;

    private Verdict OfCollection(object?[] values) => ParameterSetName switch
    {
        nameof(Be) => Equality.Compare(values, ExpectedValue, exactly: false),
        nameof(BeExactly) => Equality.Compare(values, ExpectedValue, exactly: true),
        nameof(BeNullOrEmpty) => Membership.IsNullOrEmpty(values),
        nameof(Contain) => Membership.Contains(values, ExpectedValue),
        _ => Membership.HasCount(values, LanguagePrimitives.ConvertTo<int>(ExpectedValue)),
    };

    private Verdict OfValue(object? value) => ParameterSetName switch
    {
        nameof(BeTrue) => Truth.Is(value, true),
        nameof(BeFalse) => Truth.Is(value, false),
        nameof(BeOfType) => Types.IsOfType(value, ExpectedType),
        nameof(BeGreaterThan) => Order.IsGreater(value, ExpectedValue),
        nameof(BeLessOrEqual) => Order.IsGreater(value, ExpectedValue).Opposite,
        nameof(BeLessThan) => Order.IsLess(value, ExpectedValue),
        nameof(BeGreaterOrEqual) => Order.IsLess(value, ExpectedValue).Opposite,
        nameof(BeIn) => Membership.IsIn(value, ExpectedValue),
        nameof(Match) => Patterns.Match(value, RegularExpression, RegexOptions.IgnoreCase),
        nameof(MatchExactly) => Patterns.Match(value, RegularExpression, RegexOptions.None),
        nameof(BeLike) => Patterns.Like(value, ExpectedValue, WildcardOptions.IgnoreCase),
        nameof(BeLikeExactly) => Patterns.Like(value, ExpectedValue, WildcardOptions.None),
        _ => Existence.Of(value, path => InvokeProvider.Item.Exists(path)),
    };

    private void JudgeThrow()
    {
        if (actual is not [var value] || Collections.Bare(value) is not ScriptBlock block)
        {
            throw new PSArgumentException("Should -Throw wants one script block: what is to throw, in braces.");
        }

        ErrorRecord? error = new SpecScope(InvokeCommand).Call(block);

        // To throw anything at all is against -Not, whatever else is said of it.
        Judge(Not ? Throwing.Of(error, null, null, null) : Throwing.Of(error, ExpectedMessage, ErrorId, ExceptionType));
        if (PassThru && error is not null)
        {
            WriteObject(error);
        }
    }

    private void Judge(Verdict verdict)
    {
        if (verdict.Holds == Not)
        {
            string message = (Not ? verdict.IfSo : verdict.IfNot).Because(Because);
            ThrowTerminatingError(new ErrorRecord(new AssertionException(message), "AssertionFailed", ErrorCategory.InvalidResult, null));
        }
    }
}
