using System.Collections.Immutable;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// A loop that steps through items (<c>foreach</c>, <c>await foreach</c>, a counted <c>for</c>) and awaits in its turns: what one turn consists of, and where
/// it can be cut into a part that calls and a part that uses the results.
/// </summary>
public sealed class LoopShape
{
    private readonly List<IOperation> conditions = [];
    private readonly HashSet<ISymbol> items = new(SymbolEqualityComparer.Default);

    private LoopShape(ILoopOperation loop, Frame frame, List<IAwaitOperation> awaits, bool innerWaits)
    {
        Loop = loop;
        Frame = frame;
        foreach (var item in ItemsOf(loop)) items.Add(item);
        var sites = awaits.OrderBy(a => a.Syntax.Span.End).Select(a => AwaitSite.Of(a, 0)).ToList();
        Sites = [.. sites.OfType<AwaitSite>()];
        Statements = Unwrap(loop.Body, this);
        Head = Sites.IsEmpty ? null : Statements.FirstOrDefault(s => Last.Await.IsInside(s));
        Obstacle = ObstacleOf(sites, innerWaits);
    }

    public ILoopOperation Loop { get; }

    public Frame Frame { get; }

    /// <summary>The awaited calls of a turn, in evaluation order.</summary>
    public ImmutableArray<AwaitSite> Sites { get; }

    public AwaitSite Last => Sites[Sites.Length - 1];

    /// <summary>What a turn does, without the conditions around all of it: <c>if (c) continue;</c> in front, <c>if (c) { … }</c> around.</summary>
    public IReadOnlyList<IOperation> Statements { get; private set; }

    /// <summary>The one of <see cref="Statements"/> that holds the last await.</summary>
    public IOperation? Head { get; }

    /// <summary>Some turns stop before they call: the conditions that were taken off.</summary>
    public IReadOnlyList<IOperation> Conditions => conditions;

    /// <summary>What alone shows that the turns depend on each other, or that they can't be told apart.</summary>
    public string? Obstacle { get; }

    public bool IsStream => Loop is IForEachLoopOperation { IsAsynchronous: true };

    /// <summary>What is stepped through; null for a counted loop.</summary>
    public IOperation? Source => (Loop as IForEachLoopOperation)?.Collection;

    public IEnumerable<ISymbol> Items => items;

    /// <summary>Where the part ends that only calls: behind a declaration that takes the result, else behind the last await.</summary>
    public IOperation Cut => Head is { } head && TakesResult(head) ? head : Last.Await;

    /// <summary>The loops of a frame that await; those that run until something happens are no candidates.</summary>
    public static IEnumerable<LoopShape> Of(Frame frame)
    {
        var (loops, awaits, outer) = (new List<ILoopOperation>(), new Dictionary<ILoopOperation, List<IAwaitOperation>>(), new HashSet<ILoopOperation>());
        foreach (var wait in frame.Awaits)
        {
            if (LoopAround(wait, frame) is not { } loop) continue;
            if (awaits.TryGetValue(loop, out var there))
            {
                there.Add(wait);
                continue;
            }

            loops.Add(loop);
            awaits.Add(loop, [wait]);
            for (var around = LoopAround(loop, frame); around is not null && outer.Add(around); around = LoopAround(around, frame))
            {
            }
        }

        foreach (var loop in loops)
        {
            if (ItemsOf(loop).Any()) yield return new LoopShape(loop, frame, awaits[loop], outer.Contains(loop));
        }
    }

    /// <summary>The symbol is a variable of one turn.</summary>
    public bool Declares(ISymbol symbol) => Declares(Loop, symbol);

    internal static bool Declares(ILoopOperation loop, ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol && Values.Declares(loop, symbol);

    public bool IsItem(ISymbol symbol) => items.Contains(symbol);

    /// <summary>The calls that ask for something else in each turn; one that doesn't polls, or steps a cursor.</summary>
    public ISet<AwaitSite> CallsByItem()
    {
        var derived = new HashSet<ISymbol>(items, SymbolEqualityComparer.Default);
        foreach (var statement in Loop.Body is IBlockOperation block ? block.Operations : [Loop.Body]) Derive(statement, derived);
        return new HashSet<AwaitSite>(Sites.Where(s => s.Call.ChildOperations.Any(c => Mentions(c, derived))));
    }

    private static void Derive(IOperation operation, HashSet<ISymbol> derived)
    {
        if (!Mentions(operation, derived)) return;
        foreach (var inner in operation.DescendantsAndSelf())
        {
            switch (inner)
            {
                case IVariableDeclaratorOperation declarator:
                    derived.Add(declarator.Symbol);
                    break;
                case ILocalReferenceOperation { Parent: ISimpleAssignmentOperation or IDeclarationExpressionOperation or ITupleOperation } target:
                    derived.Add(target.Local);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } matched }:
                    derived.Add(matched);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: { } matched }:
                    derived.Add(matched);
                    break;
            }
        }
    }

    private static bool Mentions(IOperation operation, HashSet<ISymbol> symbols) =>
        operation.DescendantsAndSelf().Any(o => o is ILocalReferenceOperation local && symbols.Contains(local.Local));

    /// <summary>What decides, inside a turn, whether and where the call is made; conditions around the whole turn left out.</summary>
    public TurnPath PathTo(AwaitSite site)
    {
        var path = TurnPath.Plain;
        for (IOperation child = site.Await; !Statements.Contains(child); child = child.Parent!)
        {
            switch (child.Parent)
            {
                case IConditionalOperation choice when !ReferenceEquals(choice.Condition, child):
                case ISwitchOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation:
                case ICoalesceOperation coalesce when !ReferenceEquals(coalesce.Value, child):
                case ICoalesceAssignmentOperation:
                case IConditionalAccessOperation access when !ReferenceEquals(access.Operation, child):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when !ReferenceEquals(binary.LeftOperand, child):
                case null:
                    return TurnPath.Conditional;
                case ITryOperation or IUsingOperation or IBlockOperation:
                    path = TurnPath.Nested;
                    break;
            }
        }

        return path;
    }

    /// <summary>The loop that runs the operation once per turn. What a loop enumerates is evaluated once.</summary>
    private static ILoopOperation? LoopAround(IOperation operation, Frame frame)
    {
        for (IOperation child = operation, parent = operation.Parent!; parent is not null && !ReferenceEquals(child, frame.Root); child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case IForEachLoopOperation each when ReferenceEquals(each.Collection, child):
                case IForLoopOperation counted when counted.Before.Contains(child):
                    continue;
                case ILoopOperation loop:
                    return loop;
            }
        }

        return null;
    }

    private static IEnumerable<ISymbol> ItemsOf(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation variable } => [variable.Symbol],
        IForEachLoopOperation each => each.Locals,
        IForLoopOperation { Before: [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var counter] }] }], AtLoopBottom: [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: ILocalReferenceOperation stepped } }], Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual, LeftOperand: var left } }
            when counter.Symbol.Type.SpecialType == SpecialType.System_Int32 && Is(stepped, counter.Symbol) && left.Plain() is ILocalReferenceOperation tested && Is(tested, counter.Symbol) => [counter.Symbol],
        _ => [],
    };

    private static bool Is(ILocalReferenceOperation reference, ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private string? ObstacleOf(List<AwaitSite?> sites, bool innerWaits)
    {
        if (sites.Contains(null)) return "something else than a call is awaited";
        if (Head is null) return "the loop's header waits";
        return innerWaits ? "an inner loop waits as well" : ExitIn(Loop.Body);
    }

    /// <summary>Leaving the loop early makes a turn depend on all turns before it.</summary>
    private string? ExitIn(IOperation operation)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return null;
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                return "the loop yields its results one by one";
            case IReturnOperation:
                return "the loop returns early";
            case IBranchOperation { BranchKind: BranchKind.GoTo }:
                return "the loop is left early";
            case IBranchOperation { BranchKind: BranchKind.Break } leave when SymbolEqualityComparer.Default.Equals(leave.Target, Loop.ExitLabel):
                return "the loop is left early";
            case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation counter } when items.Contains(counter.Local):
            case IAssignmentOperation { Target: ILocalReferenceOperation written } when items.Contains(written.Local):
                return "a turn moves the loop's own counter";
        }

        foreach (var child in operation.ChildOperations)
        {
            if (ExitIn(child) is { } exit) return exit;
        }

        return null;
    }

    private static IReadOnlyList<IOperation> Unwrap(IOperation body, LoopShape shape)
    {
        IReadOnlyList<IOperation> statements = body is IBlockOperation block ? block.Operations : [body];
        while (statements.Count > 0)
        {
            if (statements[0] is not IConditionalOperation { WhenFalse: null } condition || DeclaresVariables(condition.Condition) || HoldsAwait(condition.Condition)) break;
            if (shape.Skips(condition.WhenTrue)) statements = [.. statements.Skip(1)];
            else if (statements.Count == 1) statements = condition.WhenTrue is IBlockOperation inner ? inner.Operations : [condition.WhenTrue];
            else break;
            shape.conditions.Add(condition.Condition);
        }

        return statements;
    }

    private bool Skips(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [var only] } => Skips(only),
        IBranchOperation { BranchKind: BranchKind.Continue } next => SymbolEqualityComparer.Default.Equals(next.Target, Loop.ContinueLabel),
        _ => false,
    };

    private static bool DeclaresVariables(IOperation condition) => condition.DescendantsAndSelf().Any(o => o is IDeclarationExpressionOperation or IDeclarationPatternOperation { DeclaredSymbol: not null } or IRecursivePatternOperation { DeclaredSymbol: not null });

    private static bool HoldsAwait(IOperation condition) => condition.DescendantsAndSelf().Any(o => o is IAwaitOperation);

    /// <summary><c>var x = … await C() …;</c>, <c>var (a, b) = await C();</c>, <c>await C();</c>: nothing of it touches what other turns see.</summary>
    private static bool TakesResult(IOperation statement) => statement switch
    {
        IVariableDeclarationGroupOperation => true,
        IUsingDeclarationOperation => true,
        IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation { Target: IDeclarationExpressionOperation } } => true,
        _ => false,
    };
}

/// <summary>Where a call stands in its turn.</summary>
public enum TurnPath
{
    /// <summary>Evaluated whenever its statement is, in no region of its own.</summary>
    Plain,

    /// <summary>Inside a <c>try</c>, <c>using</c> or block.</summary>
    Nested,

    /// <summary>Only some turns make it.</summary>
    Conditional,
}
