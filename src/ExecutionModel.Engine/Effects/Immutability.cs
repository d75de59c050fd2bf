using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

/// <summary>May two operations hold the same value without seeing each other's changes?</summary>
public sealed class Immutability(Catalogue catalogue)
{
    private const int Depth = 3;

    public bool IsImmutable(ITypeSymbol? type) => IsImmutable(type, Depth);

    private bool IsImmutable(ITypeSymbol? type, int depth)
    {
        if (type is null) return false;
        if (type.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr) or SpecialType.System_DateTime) return true;
        if (type.TypeKind is TypeKind.Enum or TypeKind.Delegate) return true;
        if (type is not INamedTypeSymbol named) return false;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return IsImmutable(named.TypeArguments[0], depth);
        if (catalogue.Of(named) is { } facts) return facts.Sharing == Sharing.Safe;
        if (depth == 0) return false;
        if (named.IsTupleType || named.IsAnonymousType || named.IsRecord || named is { TypeKind: TypeKind.Struct, IsReadOnly: true })
            return Fields(named).All(f => (named.IsTupleType || f.IsReadOnly) && IsImmutable(f.Type, depth - 1)) && IsPlainBase(named, depth);
        return false;
    }

    private bool IsPlainBase(INamedTypeSymbol type, int depth) =>
        type.BaseType is null or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType } || IsImmutable(type.BaseType, depth - 1);

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst);
}
