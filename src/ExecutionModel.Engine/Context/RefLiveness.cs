using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Spans, other ref structs and references live on the stack, and the stack is gone when an await continues: one that is used on both sides of the place, or
/// waits there as an operand, does not compile. Binding does not see it: the compiler reports it when it builds the state machine.
/// </summary>
internal static class RefLiveness
{
    /// <summary>What would have to survive an await in place of the operation; null if nothing.</summary>
    public static string? Across(Frame frame, IOperation operation) => AsOperand(frame, operation) ?? AsLocal(frame, operation);

    /// <summary><c>span[0] = …</c>, <c>text.AsSpan().Slice(…)</c>: evaluated before the place, needed after it. A <c>foreach</c> holds its enumerator.</summary>
    private static string? AsOperand(Frame frame, IOperation operation)
    {
        var child = operation;
        for (var o = operation.Parent; o is not null && !ReferenceEquals(child, frame.Root); child = o, o = o.Parent)
        {
            if (o is IForEachLoopOperation each && ReferenceEquals(each.Body, child) && HoldsReference(each)) return "inside a loop over a span";
            if (o is IUsingOperation { Resources: var resources } use && ReferenceEquals(use.Body, child) && DeclaresReference(resources)) return "inside the 'using' of a ref struct";
            if (o is IBlockOperation or ILoopOperation or ITryOperation or IConditionalOperation or ISwitchOperation) continue;
            foreach (var earlier in o.ChildOperations)
            {
                if (ReferenceEquals(earlier, child)) break;
                if (IsReference(earlier is IArgumentOperation argument ? argument.Value : earlier)) return $"'{earlier.Syntax}' can't be kept across an await";
            }
        }

        return null;
    }

    private static string? AsLocal(Frame frame, IOperation operation)
    {
        var place = operation.Syntax.Span;
        foreach (var descendant in frame.Root.Descendants())
        {
            if (descendant is IUsingDeclarationOperation use && use.Syntax.SpanStart < place.Start && use.Syntax.Parent?.Span.Contains(place) == true && DeclaresReference(use.DeclarationGroup))
                return "inside the 'using' of a ref struct";
            if (descendant is not ILocalReferenceOperation { Local: var local } reference || !(local.RefKind != RefKind.None || local.Type.IsRefLikeType)) continue;
            if (local.DeclaringSyntaxReferences.IsEmpty || local.DeclaringSyntaxReferences[0].Span.Start > place.Start) continue;
            if (reference.Syntax.SpanStart > place.End || InLoopAround(operation, reference, local))
                return $"'{local.Name}' can't be kept across an await";
        }

        return null;
    }

    /// <summary>The loop comes back to the use, with a value from before the loop.</summary>
    private static bool InLoopAround(IOperation operation, IOperation reference, ILocalSymbol local)
    {
        for (var o = operation.Parent; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
            if (o is ILoopOperation loop && loop.Syntax.Span.Contains(reference.Syntax.Span) && !loop.Body.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span)) return true;
        }

        return false;
    }

    private static bool IsReference(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.RefKind != RefKind.None || call.Type?.IsRefLikeType == true,
        IPropertyReferenceOperation property => property.Property.RefKind != RefKind.None || property.Type?.IsRefLikeType == true,
        ILocalReferenceOperation { Local.RefKind: not RefKind.None } => true,
        _ => operation.Type?.IsRefLikeType == true,
    };

    private static bool DeclaresReference(IOperation resources) =>
        resources.Type?.IsRefLikeType == true || resources.DescendantsAndSelf().Any(o => o is IVariableDeclaratorOperation { Symbol.Type.IsRefLikeType: true });

    private static bool HoldsReference(IForEachLoopOperation loop)
    {
        if (loop.Collection.Type?.IsRefLikeType == true) return true;
        if (loop.Syntax is not CommonForEachStatementSyntax syntax || loop.SemanticModel is not { } model) return false;
        return syntax is ForEachStatementSyntax { Type: RefTypeSyntax } || model.GetForEachStatementInfo(syntax).GetEnumeratorMethod?.ReturnType.IsRefLikeType == true;
    }
}
