using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// A loop whose turns could be calls of a lambda: it counts up by one or steps through a collection in memory, always reaches its end, and a turn neither
/// waits nor writes a variable of the method. What the calls in it do is another question.
/// </summary>
/// <param name="Item">The counter or the item of a turn.</param>
/// <param name="Gathers">The last statement of every turn, <c>results.Add(value)</c> on a list that the turn uses for nothing else; null where there is none.</param>
/// <param name="Confidence">Likely where only the collection's interface says that it is in memory.</param>
public sealed record PlainLoop(ILoopOperation Loop, ILocalSymbol Item, IInvocationOperation? Gathers, Confidence Confidence)
{
    /// <summary>Null for <c>foreach</c>.</summary>
    internal CountedFor? Count { get; private init; }

    /// <summary>What <c>foreach</c> steps through.</summary>
    public IOperation? Source => (Loop as IForEachLoopOperation)?.Collection;

    /// <summary>What the loop ends at: the limit of its counter, or its collection.</summary>
    public IOperation Bound => Count?.Limit ?? Source!.Plain();

    /// <summary>What a rewrite needs: the loop, what it ends at and, where there is one, what gathers its results.</summary>
    public IEnumerable<IOperation> Parts => new[] { Loop, Bound, Gathers }.OfType<IOperation>();

    /// <summary>The part of the loop to point at.</summary>
    public SyntaxNode Head => Loop is IForLoopOperation { Condition: { } condition } ? condition.Syntax : Bound.Syntax;

    /// <summary>The list that takes the results.</summary>
    public ISymbol? Results => VariableOf(Gathers?.Instance);

    /// <summary>A cheap look at the loop alone.</summary>
    public static PlainLoop? Of(ILoopOperation loop, out string? obstacle)
    {
        obstacle = Header(loop, out var plain);
        if (plain is null) return null;
        var gathers = LastAdd(plain);
        obstacle = Inside(loop.Body, plain, gathers);
        return obstacle is null ? plain with { Gathers = gathers } : null;
    }

    /// <summary>A variable of one turn.</summary>
    public bool Declares(ISymbol symbol) => LoopShape.Declares(Loop, symbol);

    private static string? Header(ILoopOperation loop, out PlainLoop? plain)
    {
        plain = null;
        switch (loop)
        {
            case IForLoopOperation counted:
                if (CountedFor.Of(counted) is not { Declares: true, Rises: true, Step: 1, Start: not null } count || counted.Before.Length != 1) return "it does not count up by one";
                if (count.Counter.Type.SpecialType != SpecialType.System_Int32 || count.Limit.Type?.SpecialType != SpecialType.System_Int32) return "its counter is no int";
                plain = new PlainLoop(loop, count.Counter, null, Confidence.Certain) { Count = count };
                return null;
            case IForEachLoopOperation { IsAsynchronous: false, LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } each:
                var confidence = InMemory.Of(each.Collection);
                if (confidence == Confidence.Unknown) return "its items may be made while it turns";
                plain = new PlainLoop(loop, item, null, confidence);
                return null;
            default:
                return "it runs until something happens";
        }
    }

    private static string? Inside(IOperation operation, PlainLoop plain, IOperation? gathers)
    {
        if (ReferenceEquals(operation, gathers)) return Inside(((IInvocationOperation)operation).Arguments[0], plain, null);
        if (ObstacleOf(operation, plain, gathers is not null) is { } found) return found;
        foreach (var child in operation.ChildOperations)
        {
            if (Inside(child, plain, gathers) is { } obstacle) return obstacle;
        }

        return null;
    }

    private static string? ObstacleOf(IOperation operation, PlainLoop plain, bool gathers)
    {
        switch (operation)
        {
            case IAwaitOperation:
                return "a turn awaits";
            case IReturnOperation when !operation.IsInFunctionOf(plain.Loop):
            case IBranchOperation { BranchKind: BranchKind.GoTo }:
            case IBranchOperation { BranchKind: BranchKind.Break } leave when SymbolEqualityComparer.Default.Equals(leave.Target, plain.Loop.ExitLabel):
                return "the loop is left early";
            case IBranchOperation { BranchKind: BranchKind.Continue } next when gathers && SymbolEqualityComparer.Default.Equals(next.Target, plain.Loop.ContinueLabel):
                return "not every turn has a result";
            case IThrowOperation when !operation.IsInFunctionOf(plain.Loop):
                return "a turn throws";
            case ILockOperation:
                return "a turn takes a lock";
            case IAnonymousFunctionOperation lambda when plain.Count is not null && Keeps(lambda, plain.Item):
                return $"a function that outlives its turn reads '{plain.Item.Name}', which all turns share";
            case IAssignmentOperation { Target: var target } when OutsideOf(target, plain) is { } name:
                return $"'{name}' flows from turn to turn";
            case IIncrementOrDecrementOperation { Target: var counted } when OutsideOf(counted, plain) is { } name:
                return $"'{name}' flows from turn to turn";
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var passed } when OutsideOf(passed, plain) is { } name:
                return $"'{name}' flows from turn to turn";
            case ILocalReferenceOperation { Type.TypeKind: TypeKind.Pointer } or IParameterReferenceOperation { Type.TypeKind: TypeKind.Pointer } or IFieldReferenceOperation { Type.TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer }:
                return "it uses pointers";
            case IFieldReferenceOperation { Field: { IsStatic: true } field } when field.GetAttributes().Any(a => a.AttributeClass?.Name == "ThreadStaticAttribute"):
                return $"'{field.Name}' belongs to one thread";
            default:
                return Captures.ObstacleOf(operation);
        }
    }

    /// <summary>A lambda that reads the counter of a <c>for</c> sees the last one once the loop is done; of a shared turn it would see its own.</summary>
    private static bool Keeps(IAnonymousFunctionOperation lambda, ILocalSymbol counter) =>
        !IsRunAtOnce(lambda) && lambda.Body.Descendants().Any(o => o is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, counter));

    /// <summary>Handed to a query or search, which is done with it when the turn ends.</summary>
    private static bool IsRunAtOnce(IAnonymousFunctionOperation lambda) =>
        AppModel.HandedTo(lambda) is { TargetMethod.ContainingType: { Name: "Enumerable" or "Array" or "List" or "Parallel" } };

    private static string? OutsideOf(IOperation target, PlainLoop plain) => target.Plain() switch
    {
        ILocalReferenceOperation { Local: var local } when !plain.Declares(local) => local.Name,
        IParameterReferenceOperation { Parameter: var parameter } when !plain.Declares(parameter) => parameter.Name,
        ITupleOperation tuple => tuple.Elements.Select(e => OutsideOf(e, plain)).FirstOrDefault(n => n is not null),
        _ => null,
    };

    /// <summary><c>results.Add(value);</c> at the end of the turn, the only place in it that touches the list.</summary>
    private static IInvocationOperation? LastAdd(PlainLoop plain)
    {
        var last = plain.Loop.Body is IBlockOperation { Operations: { Length: > 0 } statements } ? statements[statements.Length - 1] : plain.Loop.Body;
        if (last is not IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Add", Parameters.Length: 1, ContainingType: { MetadataName: "List`1", ContainingNamespace.Name: "Generic" } } } add }) return null;
        if (VariableOf(add.Instance) is not { } list || plain.Declares(list)) return null;
        return plain.Loop.Descendants().Count(o => SymbolEqualityComparer.Default.Equals(VariableOf(o), list)) == 1 ? add : null;
    }

    private static ISymbol? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
