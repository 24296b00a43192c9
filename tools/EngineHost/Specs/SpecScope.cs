using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EngineHost.Specs;

/// <summary>Runs parts of a spec in the variable scopes they are to have: a block's setups share the block's scope, every
/// test has a scope of its own in it. The engine nests scopes as calls nest, so the calls are made to nest as the blocks do.</summary>
internal sealed class SpecScope(CommandInvocationIntrinsics engine)
{
    private static readonly ScriptBlock CallBack = ScriptBlock.Create("$args[0].Invoke()");

    /// <summary>Runs an action in a new scope inside the present one. The action must not throw.</summary>
    public static void Nest(IEnumerable<PSVariable> variables, Action action) =>
        CallBack.InvokeWithContext(null, [.. variables], action);

    /// <summary>Runs a part of a spec in the present scope, dropping its output. Returns the error that ended it, if one did.</summary>
    public ErrorRecord? Run(ScriptBlock part, SpecData data)
    {
        string[] names = [.. ParametersOf(part).Where(name => data.Parameters?.Contains(name) == true)];
        string binding = string.Concat(names.Select((name, i) => $" -{name} $args[{i + 1}]"));
        return Invoke(". $args[0]" + binding, [part, .. names.Select(name => data.Parameters![name])]);
    }

    /// <summary>Calls a script block in a scope of its own. Returns the error that ended it, if one did.</summary>
    public ErrorRecord? Call(ScriptBlock block) => Invoke("& $args[0]", block);

    /// <summary>Runs a script file in a scope that ends with it.</summary>
    public ErrorRecord? RunFile(string path) => Invoke("& $args[0]", path);

    private static IEnumerable<string> ParametersOf(ScriptBlock part) =>
        part.Ast is ScriptBlockAst { ParamBlock: { } block }
            ? block.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath)
            : [];

    private ErrorRecord? Invoke(string call, params object?[] arguments)
    {
        try
        {
            // Inside a try statement the first error of a statement ends the part, instead of being written and passed over.
            engine.InvokeScript(
                useLocalScope: false, ScriptBlock.Create($"try {{ {call} }} catch {{ throw }}"), new ArrayList(), arguments);
            return null;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (FlowControlException escaped)
        {
            string message = $"break, continue or exit left the script block ({escaped.GetType().Name}).";
            return new ErrorRecord(new InvalidOperationException(message, escaped), "FlowControl", ErrorCategory.InvalidOperation, null);
        }
        catch (RuntimeException failure)
        {
            // The record of an exception that is its own error holds a substitute; a catch block puts the exception back likewise.
            ErrorRecord record = failure.ErrorRecord;
            return record.Exception is ParentContainsErrorRecordException ? new ErrorRecord(record, failure) : record;
        }
    }
}
