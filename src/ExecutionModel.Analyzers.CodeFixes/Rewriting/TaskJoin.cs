namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// The statement that waits for all started tasks before the first result is read, so that none outlives its scope or faults unobserved.
/// </summary>
/// <param name="Task">The spelling of <c>Task</c> at this place, see <see cref="TypeSpelling"/>.</param>
/// <param name="Names">Of the tasks.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record TaskJoin(string Task, IReadOnlyList<string> Names, bool KeepsContext)
{
    /// <summary>The statement for a place.</summary>
    /// <param name="strict">Faults are thrown by the awaits after it, in their order.</param>
    /// <param name="hasOptions">Every project that compiles the file has <c>ConfigureAwaitOptions</c>.</param>
    public static string At(FixTarget target, IReadOnlyList<string> names, bool keepsContext, bool strict, bool hasOptions, bool hasResult, Layout layout, bool onOneLine)
    {
        var at = target.Node.SpanStart;
        var join = new TaskJoin(TypeSpelling.At(target.Model, at, "System.Threading.Tasks.Task"), names, keepsContext);
        if (!strict) return join.Relaxed();
        return hasOptions ? join.Strict(TypeSpelling.At(target.Model, at, "System.Threading.Tasks.ConfigureAwaitOptions"), hasResult) : join.StrictWithCatch(layout, onOneLine);
    }

    private string WhenAll => $"{Task}.WhenAll({string.Join(", ", Names)})";

    /// <summary>Faults leave the join; which one comes first is up to <c>WhenAll</c>.</summary>
    public string Relaxed() => $"await {WhenAll}{(KeepsContext ? "" : ".ConfigureAwait(false)")};";

    /// <summary>
    /// The join swallows every fault, and the awaits after it throw the first in source order, as the sequential code did. <c>SuppressThrowing</c> faults
    /// at run time on a task with a result, hence the cast; alone it would also drop the context.
    /// </summary>
    /// <param name="options">The spelling of <c>ConfigureAwaitOptions</c>.</param>
    /// <param name="hasResult">See <see cref="AwaitedOperation.JoinHasResult"/>.</param>
    public string Strict(string options, bool hasResult)
    {
        var joined = hasResult ? $"(({Task}){WhenAll})" : WhenAll;
        var context = KeepsContext ? $" | {options}.ContinueOnCapturedContext" : "";
        return $"await {joined}.ConfigureAwait({options}.SuppressThrowing{context});";
    }

    /// <summary>The same below .NET 8.</summary>
    public string StrictWithCatch(Layout layout, bool onOneLine)
    {
        const string why = "/* each fault is rethrown below, in order */";
        if (onOneLine) return $"try {{ {Relaxed()} }} catch {{ {why} }}";
        var (line, outer, inner) = (layout.EndOfLine, layout.Indent, layout.Inner.Indent);
        var next = layout.BraceOnOwnLine ? line + outer : " ";
        return $"try{layout.BeforeBrace}{{{line}{inner}{Relaxed()}{line}{outer}}}{next}catch{layout.BeforeBrace}{{{line}{inner}{why}{line}{outer}}}";
    }
}
