using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>
/// Answers: is a call made only where something in memory does not have the answer yet, and is the answer then kept there? Most runs find it and don't wait;
/// two that overlap would both miss and ask twice.
/// </summary>
internal sealed class Memoization(Catalogue catalogue)
{
    /// <param name="scope">One run: a body, or the turn of a loop. What the runs share was declared outside of it.</param>
    public bool Of(IOperation call, IOperation scope)
    {
        var asked = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var condition in Decisive(call, scope))
        {
            if (condition.DescendantsAndSelf().Any(o => o is IAwaitOperation)) continue; // what has to be waited for is no memory
            foreach (var operation in condition.DescendantsAndSelf())
            {
                if (Shared(operation, scope) is { } symbol) asked.Add(symbol);
                else if (operation is ILocalReferenceOperation local) asked.UnionWith(Behind(local.Local, scope));
            }
        }

        return asked.Count > 0 && scope.DescendantsAndSelf().Any(o => Filled(o) is { } kept && Shared(kept, scope) is { } symbol && asked.Contains(symbol));
    }

    /// <summary>What is asked before the call, and decides whether it is made.</summary>
    private static IEnumerable<IOperation> Decisive(IOperation call, IOperation scope)
    {
        var child = call;
        for (var o = call.Parent; o is not null && !ReferenceEquals(child, scope); child = o, o = o.Parent)
        {
            switch (o)
            {
                case IConditionalOperation { Condition: var condition } when !ReferenceEquals(condition, child):
                    yield return condition;
                    break;
                case ICoalesceOperation { Value: var value } when !ReferenceEquals(value, child):
                    yield return value;
                    break;
                case ICoalesceAssignmentOperation { Target: var target } when !ReferenceEquals(target, child):
                    yield return target;
                    break;
                case IBlockOperation block:
                    foreach (var check in block.Operations.TakeWhile(s => !ReferenceEquals(s, child)).OfType<IConditionalOperation>())
                    {
                        if (check.WhenTrue.DescendantsAndSelf().Any(s => s is IReturnOperation or IBranchOperation)) yield return check.Condition;
                    }

                    break;
            }
        }
    }

    /// <summary>The field, property, parameter or local that outlives the run.</summary>
    private static ISymbol? Shared(IOperation operation, IOperation scope) => operation switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: { IsConst: false } field } => field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { IsIndexer: false } property } => property,
        IParameterReferenceOperation parameter => parameter.Parameter,
        ILocalReferenceOperation { Local: var local } when !IsDeclaredIn(local, scope) => local,
        _ => null,
    };

    /// <summary><c>var text = cache.Get(id)</c>: where the run's own local comes from.</summary>
    private static IEnumerable<ISymbol> Behind(ILocalSymbol local, IOperation scope) =>
        from declarator in scope.Descendants().OfType<IVariableDeclaratorOperation>()
        where SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is { } value && !value.Descendants().Any(o => o is IAwaitOperation)
        from operation in declarator.GetVariableInitializer()!.Descendants()
        let symbol = Shared(operation, scope)
        where symbol is not null
        select symbol;

    /// <summary>What the operation puts something into: <c>known[id] = …</c>, <c>cache.Set(id, …)</c>, <c>text = …</c>.</summary>
    private IOperation? Filled(IOperation operation)
    {
        switch (operation)
        {
            case IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } element }:
                return element.Instance?.Plain();
            case IAssignmentOperation { Target: IArrayElementReferenceOperation slot }:
                return slot.ArrayReference.Plain();
            case IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment:
                return assignment.Target;
            case IInvocationOperation call when call.Subject()?.Plain() is { } subject:
                var keeps = catalogue.Of(call.TargetMethod, subject.Type) is { } facts
                    ? facts is { Touch: Touch.Write, Waiting: Waiting.Memory or Waiting.Unstated, Gate: false, Channel: Channel.Receiver or Channel.Cache }
                    : CallNames.Kind(call.TargetMethod.Name, null) == NameKind.Write;
                return keeps ? subject : null;
            default:
                return null;
        }
    }

    private static bool IsDeclaredIn(ISymbol symbol, IOperation scope) =>
        symbol.DeclaringSyntaxReferences is [var at, ..] && at.SyntaxTree == scope.Syntax.SyntaxTree && scope.Syntax.Span.Contains(at.Span);
}
