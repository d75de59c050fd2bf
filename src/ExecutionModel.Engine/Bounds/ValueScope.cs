using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// What the locals and parameters of one body hold: every value written to them, the loops that step through them, the conditions around them.
/// Made for candidates only, by one walk.
/// </summary>
public sealed class ValueScope
{
    private readonly Dictionary<ISymbol, List<IOperation?>> writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IVariableDeclaratorOperation> declarations = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IForEachLoopOperation> turns = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> uses = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, (IOperation Value, ValueScope Scope)> arguments = new(SymbolEqualityComparer.Default);
    private readonly List<IConditionalOperation> sizeChecks = [];
    private readonly List<IInvocationOperation> throwingChecks = [];
    private readonly List<IInvocationOperation> calls = [];

    private ValueScope(FlatBody body) => Body = body;

    public FlatBody Body { get; }

    /// <summary>Conditions and conditional expressions that compare something, in source order.</summary>
    internal IReadOnlyList<IConditionalOperation> SizeChecks => sizeChecks;

    internal IReadOnlyList<IInvocationOperation> ThrowingChecks => throwingChecks;

    public IReadOnlyList<IInvocationOperation> Calls => calls;

    public static ValueScope Of(FlatBody body)
    {
        var scope = new ValueScope(body);
        foreach (var frame in body.Frames)
        {
            if (frame.Outer is not null) continue;
            foreach (var operation in frame.Root.DescendantsAndSelf()) scope.Note(operation);
        }

        return scope;
    }

    /// <summary>The body of a callee, its parameters standing for the arguments of one call.</summary>
    public ValueScope Enter(FlatBody callee, IInvocationOperation call)
    {
        var inner = Of(callee);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && argument.ArgumentKind == ArgumentKind.Explicit) inner.arguments[parameter.OriginalDefinition] = (argument.Value, this);
        }

        return inner;
    }

    /// <summary>All values written to the local or parameter; null stands for one that can't be followed.</summary>
    public IReadOnlyList<IOperation?> WritesTo(ISymbol symbol) => writes.TryGetValue(symbol, out var list) ? list : [];

    /// <summary>The only value that a local ever holds.</summary>
    public IOperation? OnlyValueOf(ILocalSymbol local) => WritesTo(local) is [{ } value] ? value : null;

    public IVariableDeclaratorOperation? DeclarationOf(ILocalSymbol local) => declarations.TryGetValue(local, out var declarator) ? declarator : null;

    /// <summary>The <c>foreach</c> whose variable this is.</summary>
    public IForEachLoopOperation? LoopOf(ISymbol local) => turns.TryGetValue(local, out var loop) ? loop : null;

    /// <summary>References to a local or parameter, in source order.</summary>
    public IReadOnlyList<IOperation> UsesOf(ISymbol symbol) => uses.TryGetValue(symbol, out var list) ? list : [];

    public (IOperation Value, ValueScope Scope)? ArgumentFor(IParameterSymbol parameter) =>
        arguments.TryGetValue(parameter.OriginalDefinition, out var argument) ? argument : null;

    private void Note(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator:
                declarations[declarator.Symbol] = declarator;
                if ((declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer) is { } initializer) Write(declarator.Symbol, initializer.Value);
                break;
            case ISimpleAssignmentOperation assignment:
                WriteTarget(assignment.Target, assignment.Value);
                break;
            case ICoalesceAssignmentOperation coalesce:
                WriteTarget(coalesce.Target, coalesce.Value);
                break;
            case ICompoundAssignmentOperation compound:
                WriteTarget(compound.Target, null);
                break;
            case IIncrementOrDecrementOperation step:
                WriteTarget(step.Target, null);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (var target in deconstruction.Target.DescendantsAndSelf()) WriteTarget(target, null);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                foreach (var target in argument.Value.DescendantsAndSelf()) WriteTarget(target, null);
                break;
            case IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } matched } } test:
                Write(matched, test.Value);
                break;
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation variable } loop:
                turns[variable.Symbol] = loop;
                break;
            case IConditionalOperation condition:
                if (SizeGuard.MayLimit(condition)) sizeChecks.Add(condition);
                break;
            case IInvocationOperation call:
                calls.Add(call);
                if (SizeGuard.MayLimit(call)) throwingChecks.Add(call);
                break;
            case ILocalReferenceOperation local:
                Use(local.Local, local);
                break;
            case IParameterReferenceOperation parameter:
                Use(parameter.Parameter, parameter);
                break;
        }
    }

    private void WriteTarget(IOperation target, IOperation? value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Write(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                Write(parameter.Parameter, value);
                break;
        }
    }

    private void Write(ISymbol symbol, IOperation? value) => Add(writes, symbol, value);

    private void Use(ISymbol symbol, IOperation reference) => Add(uses, symbol, reference);

    private static void Add<T>(Dictionary<ISymbol, List<T>> map, ISymbol symbol, T item)
    {
        if (!map.TryGetValue(symbol, out var list)) map[symbol] = list = [];
        list.Add(item);
    }
}
