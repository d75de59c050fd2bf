using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>A local that holds a task from its start to its only use, an await.</summary>
public sealed record StartedTask(ILocalSymbol Local, IInvocationOperation Start, IAwaitOperation Await)
{
    /// <summary>A resource that the task was given and that ends with the function: a later fault disposes of it while the task still runs.</summary>
    public ILocalSymbol? Resource(ValueScope scope, KnownTypes types)
    {
        foreach (var operation in Start.Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var local } || scope.DeclarationOf(local) is not { } declarator || !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, Local.ContainingSymbol)) continue;
            if (SymbolEqualityComparer.Default.Equals(local.Type, types.CancellationTokenSource)) continue; // disposing of it stops nobody who has the token
            var group = declarator.Parent?.Parent;
            if (group?.Parent is IUsingDeclarationOperation || group?.Parent is IUsingOperation held && ReferenceEquals(held.Resources, group)) return local;
        }

        return null;
    }
}

/// <summary>Tasks that run at once and are awaited one by one in one straight line: when the first await throws, nobody is left to await the others.</summary>
/// <param name="Tasks">At least two, in the order of their awaits.</param>
/// <param name="Statements">Of the line, from the first await to the last.</param>
public sealed record StartedTasks(IReadOnlyList<StartedTask> Tasks, IReadOnlyList<IOperation> Statements)
{
    /// <summary>The line may be left after the first await and before the last, without any fault.</summary>
    public bool MayLeave => Statements.Take(Statements.Count - 1).Any(StraightLine.Leaves);

    /// <summary>All of them read what one process writes: they end when it does, whoever waits for them.</summary>
    public bool EndWithProcess(KnownTypes types)
    {
        var processes = Tasks.Select(t => t.Start.Instance?.Plain() is IPropertyReferenceOperation { Instance: { } process } output && SymbolEqualityComparer.Default.Equals(output.Property.ContainingType, types.Process)
            ? (process.Plain() as ILocalReferenceOperation)?.Local ?? (process.Plain() as IMemberReferenceOperation)?.Member : null).ToList();
        return processes[0] is { } first && processes.TrueForAll(p => SymbolEqualityComparer.Default.Equals(p, first));
    }

    /// <summary>A cheap look: two plain names are awaited.</summary>
    public static bool MayBeIn(Frame frame) => frame.Awaits.Count > 1 && frame.Awaits.Count(a => AwaitedLocal(a) is not null) > 1;

    public static IEnumerable<StartedTasks> In(ProgramModel model, Frame frame, ValueScope scope)
    {
        var lines = new List<(IOperation List, List<(StartedTask Task, IOperation Statement)> Tasks)>();
        foreach (var wait in frame.Awaits)
        {
            if (Of(model, frame, wait, scope) is not { } task) continue;
            var (list, statement, unconditional) = StraightLine.Climb(wait, frame.Root);
            if (!unconditional || list is not IBlockOperation || !Encloses(scope.DeclarationOf(task.Local)!, list, frame)) continue;
            var line = lines.Find(l => ReferenceEquals(l.List, list));
            if (line.List is null) lines.Add(line = (list, []));
            line.Tasks.Add((task, statement!));
        }

        foreach (var (list, tasks) in lines)
        {
            var ordered = tasks.OrderBy(t => t.Task.Await.Syntax.SpanStart).ToList();
            var first = ordered[0].Task.Await.Syntax.SpanStart;
            ordered.RemoveAll(t => t.Task.Start.Syntax.SpanStart > first);
            if (ordered.Count < 2 || StraightLine.IsInHandler(list, frame.Root)) continue;
            var (from, to) = (ordered[0].Statement.Syntax.SpanStart, ordered[ordered.Count - 1].Statement.Syntax.SpanStart);
            var statements = ((IBlockOperation)list).Operations.Where(o => o.Syntax.SpanStart >= from && o.Syntax.SpanStart <= to).ToList();
            if (statements.Contains(ordered[0].Statement)) yield return new StartedTasks([.. ordered.Select(t => t.Task)], statements);
        }
    }

    /// <summary><c>await task</c>, <c>await task.ConfigureAwait(false)</c>.</summary>
    public static ILocalSymbol? AwaitedLocal(IAwaitOperation wait)
    {
        var awaited = wait.Operation.Plain();
        if (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured }) awaited = configured.Plain();
        return (awaited as ILocalReferenceOperation)?.Local;
    }

    private static StartedTask? Of(ProgramModel model, Frame frame, IAwaitOperation wait, ValueScope scope)
    {
        if (AwaitedLocal(wait) is not { } local || !model.Types.IsTask(local.Type)) return null;
        if (!SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, frame.Method) || scope.UsesOf(local).Count != 1) return null;
        return scope.OnlyValueOf(local)?.Plain() is IInvocationOperation start && scope.DeclarationOf(local) is not null ? new StartedTask(local, start, wait) : null;
    }

    /// <summary>The list runs whenever the declaration does, and as often.</summary>
    private static bool Encloses(IOperation declaration, IOperation list, Frame frame)
    {
        var (outer, _, _) = StraightLine.Climb(declaration, frame.Root);
        for (var o = list; o is not null; o = o.Parent)
        {
            if (ReferenceEquals(o, outer)) return true;
            if (o is not (IBlockOperation or ITryOperation or IUsingOperation)) return false;
        }

        return false;
    }
}
