using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// A loop that makes a thread per item and keeps them in a list, and the loop right behind it that waits for all of them. Where the threads only compute, none
/// of them waits for another one, and a few can do what all did.
/// </summary>
/// <param name="Work">What each thread runs: a lambda or a method.</param>
/// <param name="Goes">What is left of the threads beside the loop: their list, and the loops that start and join them.</param>
public sealed record JoinedThreads(IForEachLoopOperation Loop, IOperation Work, IReadOnlyList<IOperation> Goes)
{
    public static JoinedThreads? Of(ProgramModel model, FlatBody body, OwnThread thread, out string? obstacle)
    {
        var found = Shape(body, thread, out obstacle);
        if (found is not null) obstacle = found.ObstacleOfPlace() ?? found.ObstacleOfWork(model, thread);
        return obstacle is null ? found : null;
    }

    private static JoinedThreads? Shape(FlatBody body, OwnThread thread, out string? obstacle)
    {
        obstacle = "its thread is not kept in a variable of the turn";
        if (thread.Making is not IObjectCreationOperation { Arguments: [var work] } making || !SetsNothingElse(making.Initializer)) return null;
        if (making.Above() is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, Parent.Parent: { Parent: IBlockOperation turn } made } }) return null;
        if (turn.Parent is not IForEachLoopOperation { IsAsynchronous: false } loop || work.Value.DelegateTarget() is not (IAnonymousFunctionOperation or IMethodReferenceOperation) || loop.Parent is not IBlockOperation outer) return null;

        obstacle = "a turn does more than start its thread";
        var at = turn.Operations.IndexOf(made);
        if (!turn.Operations.Take(at).All(IsCopy)) return null;
        ILocalSymbol? list = null;
        var isStarted = false;
        foreach (var statement in turn.Operations.Skip(at + 1))
        {
            if (IsCallOn(local, statement, "Start")) isStarted = true;
            else if (list is null && ListOf(local, statement) is { } found) list = found;
            else if (!IsBackground(local, statement)) return null;
        }

        obstacle = "nothing right behind the loop waits for all threads";
        if (list is null || body.Values.OnlyValueOf(list)?.Plain() is not IObjectCreationOperation { Initializer: null } creation || creation.Above() is not IVariableInitializerOperation { Parent.Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: { } declaration } }) return null;
        var goes = new List<IOperation> { declaration };
        var next = outer.Operations.IndexOf(loop) + 1;
        if (!isStarted && next < outer.Operations.Length && IsLoopOf(list, outer.Operations[next], "Start")) goes.Add(outer.Operations[next++]);
        if (!(isStarted || goes.Count == 2) || next >= outer.Operations.Length || !IsLoopOf(list, outer.Operations[next], "Join")) return null;
        goes.Add(outer.Operations[next]);

        obstacle = "the list of the threads is used elsewhere";
        if (!outer.Operations.Contains(declaration) || body.Values.UsesOf(list).Any(u => !u.IsInside(turn) && !goes.Any(g => u.IsInside(g)))) return null;
        obstacle = null;
        return new JoinedThreads(loop, work.Value.DelegateTarget()!, goes);
    }

    /// <summary>A fault ended the process, and is now thrown where the threads were waited for.</summary>
    private string? ObstacleOfPlace()
    {
        if (InMemory.Of(Loop.Collection) == Confidence.Unknown && Loop.Collection.Plain() is not IInvocationOperation { TargetMethod.ContainingType: { Name: "File" or "Directory", ContainingNamespace.Name: "IO" } }) return "its items may be made while it turns";
        for (IOperation? o = Loop; o is not null; o = o.Parent)
        {
            if (o.Parent is ITryOperation { Catches.Length: > 0 } tried && ReferenceEquals(tried.Body, o)) return "a handler would see what a thread throws";
            if (o is ILockOperation) return "inside a lock";
        }

        return null;
    }

    /// <summary>Threads that wait for each other, or for anything, need all to be there.</summary>
    private string? ObstacleOfWork(ProgramModel model, OwnThread thread)
    {
        var body = Work switch
        {
            IAnonymousFunctionOperation lambda => thread.Work is { IsAsync: false } ? lambda.Body : null,
            IMethodReferenceOperation { Method: { IsVirtual: false, IsAbstract: false, IsOverride: false } method } => model.SourceBodies.Of(method)?.Frames[0] is { IsAsync: false } frame ? frame.Root : null,
            _ => null,
        };
        if (body is null) return "what a thread runs is not known";
        var walker = new EffectWalker(model, Summaries.Depth - 1);
        walker.Tree(body);
        if (walker.Obstacle is { } unknown) return unknown;
        if (walker.Waiting != Waiting.Memory || body.Descendants().Any(Spins)) return "a thread waits";
        return walker.Likely ? "what a thread runs is only guessed" : null;
    }

    /// <summary><c>while (arrived &lt; all) { }</c>: until another thread writes what it reads.</summary>
    private static bool Spins(IOperation operation) =>
        operation is IWhileLoopOperation { Condition: { } condition } && condition.DescendantsAndSelf().Any(o => o is IFieldReferenceOperation || o is IInvocationOperation { TargetMethod.ContainingNamespace.Name: "Threading" });

    /// <summary><c>{ IsBackground = true }</c>: whoever joins a thread does not care.</summary>
    private static bool SetsNothingElse(IObjectOrCollectionInitializerOperation? initializer) =>
        initializer is null || initializer.Initializers.All(i => i is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "IsBackground" } });

    private static bool IsBackground(ILocalSymbol thread, IOperation statement) =>
        statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "IsBackground", Instance: var instance } } } && Is(thread, instance);

    /// <summary><c>var copy = item;</c></summary>
    private static bool IsCopy(IOperation statement) =>
        statement is IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var only] }] } && only.GetVariableInitializer()?.Value.Plain() is ILocalReferenceOperation or IParameterReferenceOperation;

    private static bool IsCallOn(ILocalSymbol thread, IOperation statement, string name) =>
        statement is IExpressionStatementOperation { Operation: IInvocationOperation { Arguments.IsEmpty: true } call } && call.TargetMethod.Name == name && Is(thread, call.Instance);

    /// <summary><c>threads.Add(thread);</c></summary>
    private static ILocalSymbol? ListOf(ILocalSymbol thread, IOperation statement) =>
        statement is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Add", ContainingType.MetadataName: "List`1" }, Instance: ILocalReferenceOperation { Local: var list }, Arguments: [var added] } } && Is(thread, added.Value) ? list : null;

    /// <summary><c>foreach (var thread in threads) thread.Join();</c></summary>
    private static bool IsLoopOf(ILocalSymbol list, IOperation statement, string name)
    {
        if (statement is not IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } loop || !Is(list, loop.Collection)) return false;
        return IsCallOn(item, loop.Body is IBlockOperation { Operations: [var only] } ? only : loop.Body, name);
    }

    private static bool Is(ILocalSymbol local, IOperation? value) => value?.Plain() is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
}
