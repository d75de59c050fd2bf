using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// A list that gets one item from each turn of <c>Parallel.For(0, items.Length, …)</c>: an array with a slot per turn holds the same, in order and without a lock.
/// </summary>
/// <param name="Declaration">The declarator of the list.</param>
/// <param name="Length">How many turns there are.</param>
public sealed record ResultSlots(VariableDeclaratorSyntax Declaration, SyntaxNode Length)
{
    /// <summary>Null where a turn may add none or several, or where the code needs a list.</summary>
    public static ResultSlots? Of(FlatBody body, SharedMutation mutation)
    {
        if (mutation is not { Via: null, Rival: null, Place: ILocalSymbol local, Operation: IInvocationOperation { TargetMethod.Name: "Add" } add, Body: { Frame.Function: IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 } turn, Api: IInvocationOperation loop } }) return null;
        if (!IsList(local.Type) || LengthOf(loop) is not { } length || !AddsAlways(add, turn)) return null;
        if (DeclarationOf(body.Values, local) is not { } declaration || !StandsBefore(declaration, loop.Syntax)) return null;
        var others = body.Values.UsesOf(local).Where(u => !ReferenceEquals(u, add.Instance)).ToList();
        if (others.Exists(u => u.IsInside(turn))) return null;
        return others.TrueForAll(Fits) || others is [var only] && IsCopied(only, mutation.Body.Outer) ? new ResultSlots(declaration, length) : null;
    }

    private static bool IsList(ITypeSymbol type) =>
        type is INamedTypeSymbol { MetadataName: "List`1", ContainingNamespace.Name: "Generic", TypeArguments: [not IArrayTypeSymbol] };

    /// <summary>Made empty, by a declaration of its own.</summary>
    private static VariableDeclaratorSyntax? DeclarationOf(ValueScope values, ILocalSymbol local)
    {
        if (values.OnlyValueOf(local)?.Plain() is not IObjectCreationOperation { Initializer: null } made || !SymbolEqualityComparer.Default.Equals(made.Type, local.Type)) return null;
        if (made.Arguments is not ([] or [{ Parameter.Type.SpecialType: SpecialType.System_Int32 }])) return null;
        return values.DeclarationOf(local)?.Syntax as VariableDeclaratorSyntax is { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } declarator ? declarator : null;
    }

    /// <summary>Nothing can change the length between the two.</summary>
    private static bool StandsBefore(VariableDeclaratorSyntax declarator, SyntaxNode loop)
    {
        if (declarator.Parent?.Parent is not LocalDeclarationStatementSyntax { Parent: BlockSyntax block } statement) return false;
        var next = block.Statements.IndexOf(statement) + 1;
        return next < block.Statements.Count && block.Statements[next].Span.Contains(loop.Span);
    }

    private static SyntaxNode? LengthOf(IInvocationOperation loop)
    {
        if (loop.TargetMethod is not { Name: "For", ContainingType.Name: "Parallel", TypeParameters.Length: 0 } || loop.InParameterOrder(0)?.Constant() != 0 || loop.InParameterOrder(1) is not { } end) return null;
        if (end.Constant() >= 0) return end.Syntax;
        return end is IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation } ? end.Syntax : null;
    }

    /// <summary>Every turn that ends without a fault has added its item.</summary>
    private static bool AddsAlways(IInvocationOperation add, IAnonymousFunctionOperation turn) =>
        add.Parent is IExpressionStatementOperation { Parent: IBlockOperation list } && ReferenceEquals(list, turn.Body)
        && !turn.Body.Own().Any(o => o is IReturnOperation { IsImplicit: false } or IBranchOperation { BranchKind: BranchKind.GoTo });

    /// <summary>An array can do that, too.</summary>
    private static bool Fits(IOperation use) => use.Parent switch
    {
        IConversionOperation { Type: INamedTypeSymbol { MetadataName: "IEnumerable`1" or "IReadOnlyList`1" or "IReadOnlyCollection`1" } } => true,
        IPropertyReferenceOperation { Property: { Name: "Count" } or { IsIndexer: true } } => true,
        IForEachLoopOperation or IConversionOperation { Parent: IForEachLoopOperation } => true,
        _ => false,
    };

    /// <summary>The array is that copy: it is made once, and nobody else has it.</summary>
    private static bool IsCopied(IOperation use, Frame outer) =>
        use.Parent is IInvocationOperation { TargetMethod.Name: "ToArray", Instance: { } copied } copy && ReferenceEquals(copied, use) && !copy.IsInFunctionOf(outer.Root) && ListFill.LoopAround(copy) is null;
}
