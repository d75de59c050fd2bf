using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>Whether the argument numbers of a line mean what the method's parameters are.</summary>
internal static class ArgumentChecks
{
    /// <summary>What documents are read from, besides text and bytes.</summary>
    private static readonly string[] Documents = ["Stream", "TextReader", "XmlReader", "XmlSerializationReader", "Utf8JsonReader", "ReadOnlySequence", "JsonDocument", "JsonElement", "JsonNode"];

    public static string? Wrong(ApiFacts facts, ISymbol member)
    {
        var parameters = (member as IMethodSymbol)?.Parameters ?? [];
        if (facts.KeyArgument >= parameters.Length) return $"arg{facts.KeyArgument} is no parameter";
        if (facts.Invokes >= 0 && facts.Invokes < parameters.Length && !IsDelegate(parameters[facts.Invokes].Type) && parameters.Any(p => IsDelegate(p.Type)))
            return $"'{parameters[facts.Invokes].Name}' is no delegate";
        if (facts.Cpu is not { Unit: not CpuUnit.Call } weight) return null;
        if (weight is { Unit: CpuUnit.Sorting, Argument: CpuWeight.Receiver }) return member.IsStatic ? "no receiver" : null;
        if (weight.Argument >= parameters.Length) return $"arg{weight.Argument} is no parameter";
        var type = parameters[weight.Argument].Type;
        if (weight.Unit == CpuUnit.UnknownArgument) return null;
        if (weight.Unit == CpuUnit.Sorting) return type is IArrayTypeSymbol or { Name: "Array" or "Span" } ? null : $"'{parameters[weight.Argument].Name}' has no items";
        return weight.Unit is CpuUnit.ArgumentValue or CpuUnit.ArgumentPower
            ? type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 ? null : $"'{parameters[weight.Argument].Name}' is no count"
            : type is IArrayTypeSymbol || type.SpecialType == SpecialType.System_String || type.Name is "ReadOnlySpan" or "ReadOnlyMemory" || Documents.Contains(type.Name) ? null : $"'{parameters[weight.Argument].Name}' has no length";
    }

    private static bool IsDelegate(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Delegate || type.SpecialType == SpecialType.System_Delegate || type is INamedTypeSymbol { Name: "Expression" } || type is IArrayTypeSymbol { ElementType.TypeKind: TypeKind.Delegate };
}
