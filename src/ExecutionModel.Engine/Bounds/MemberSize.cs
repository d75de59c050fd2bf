using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>How many items a local, parameter, property or field holds.</summary>
internal sealed class MemberSize(ProgramModel model, SourceSize sizes)
{
    private readonly Callers callers = new(model, sizes);
    private readonly FieldValues values = new(model);

    public Bound Of(ILocalReferenceOperation reference, Step step)
    {
        var local = reference.Local;
        if (step.Scope.LoopOf(local) is { } loop) return Element(loop, local, step);
        var writes = step.Scope.WritesTo(local);
        if (writes.Count == 0) return new Bound.Unknown($"what fills '{local.Name}' can't be seen");
        Bound? all = null;
        foreach (var value in writes)
        {
            if (value is null) return new Bound.Unknown($"what fills '{local.Name}' can't be seen");
            if (value.Plain() is ILiteralOperation { ConstantValue: { HasValue: true, Value: null } }) continue;
            var narrowing = Mentions(value, local);
            var size = narrowing && all is not null ? Replaced(value, all, step) : sizes.Of(value, step);
            all = all is null ? size : narrowing ? all.Meet(size) : all.Join(size);
        }

        return (all ?? new Bound.Unknown($"what fills '{local.Name}' can't be seen")).Plus(ListFill.Of(local, step, sizes));
    }

    public Bound Of(IParameterReferenceOperation reference, Step step)
    {
        var parameter = reference.Parameter;
        foreach (var value in step.Scope.WritesTo(parameter))
        {
            if (value is null || !Mentions(value, parameter)) return new Bound.Unknown($"'{parameter.Name}' is written to");
            if (Replaced(value, new Bound.Unbounded(Item(parameter)), step) is Bound.AtMost few) return few;
        }

        if (step.Scope.ArgumentFor(parameter) is { } argument) return sizes.Of(argument.Value, step with { Scope = argument.Scope });
        if (parameter.IsParams) return new Bound.AtMost(Bound.Few, "params");
        if (LengthAttribute(parameter) is { } most) return new Bound.AtMost(most, "its length is validated");
        if (model.Catalogue.Of(parameter.Type)?.Size == Size.Huge || ElementOf(parameter.Type) is { } element && model.Catalogue.Of(element)?.Size == Size.Huge)
            return new Bound.Huge($"message of '{parameter.Name}'");
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }) return new Bound.AtMost(Bound.Few, "injected through the constructor");
        if (SequenceShapes.NamesPart(parameter.Name)) return new Bound.AtMost(Bound.Few, "a batch that somebody else cut to size");
        if (IsRequest(parameter, step.Scope)) return new Bound.Huge($"item of the request's '{parameter.Name}'");
        return callers.WorstOf(parameter, step) ?? new Bound.Unbounded(Item(parameter));
    }

    public Bound Of(IPropertyReferenceOperation reference, Step step)
    {
        var property = reference.Property;
        if (reference.Instance is { } instance)
        {
            if (property.Name is "Keys" or "Values" && property.ContainingType.IsDictionary()) return sizes.Of(instance, step);
            if (property.Name == "Result" && model.Types.IsTaskLike(property.ContainingType)) return sizes.Of(instance, step);
        }

        if (property.Type.IsQuery()) return CallSize.UnpagedQuery(property);
        if (LengthAttribute(property) is { } most) return new Bound.AtMost(most, "its length is validated");
        if (model.Catalogue.Of((ISymbol)property)?.Size == Size.Huge || model.Catalogue.Of(property.Type)?.Size == Size.Huge) return new Bound.Huge($"item of '{property.Name}'");
        if (Settings(reference)) return new Bound.AtMost(Bound.Few, "configuration");
        if (Root(reference) is { } root && SequenceShapes.NamesPart(property.Name) == false)
        {
            if (IsRequest(root, step.Scope)) return new Bound.Huge($"item of the request's '{property.Name}'");
            if (IsMessage(root.Type)) return new Bound.Unbounded($"item of '{root.Name}.{property.Name}'");
        }

        if (property.GetMethod is { } getter && step.Hops > 0 && model.SourceBodies.Of(getter) is { Frames: [{ Root: not IBlockOperation } frame, ..] } body)
            return sizes.Of(frame.Root, step.Enter(ValueScope.Of(body)));
        return new Bound.Unknown($"what fills '{property.Name}' can't be seen");
    }

    public Bound Of(IFieldReferenceOperation reference, Step step)
    {
        var field = reference.Field;
        if (field.Type.IsQuery()) return CallSize.UnpagedQuery(field);
        if (reference.Field.ContainingType.HoldsSettings()) return new Bound.AtMost(Bound.Few, "configuration");
        if (field is { IsStatic: true, IsReadOnly: true }) return new Bound.AtMost(Bound.Few, "a static list");
        return values.Of(field) is { } value && sizes.Of(value.Operation, step.Enter(value.Scope)) is Bound.Huge huge ? huge : new Bound.Unknown($"what fills '{field.Name}' can't be seen");
    }

    /// <summary>One element of an outer loop's source: a chunk has the chunk's size.</summary>
    private Bound Element(IForEachLoopOperation loop, ILocalSymbol local, Step step)
    {
        var source = loop.Collection.Awaited();
        if (source is ILocalReferenceOperation chunks && step.Scope.OnlyValueOf(chunks.Local) is { } written) source = written.Awaited();
        while (source is IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "AsEnumerable" } copy && copy.Subject() is { } copied) source = copied.Awaited();
        if (source is IInvocationOperation { TargetMethod.Name: "Chunk" or "Batch" or "Buffer" or "Partition" } chunk && chunk.Arguments.FirstOrDefault(a => a.Value.Plain().Type?.SpecialType == SpecialType.System_Int32) is { } size)
            return sizes.OfCount(size.Value, step);
        return SequenceShapes.NamesPart(local.Name) ? new Bound.AtMost(Bound.Few, "a batch") : new Bound.Unbounded($"item of '{local.Name}'");
    }

    /// <summary><c>query = query.Take(50)</c>: the operators of the value applied to what the variable held.</summary>
    private Bound Replaced(IOperation value, Bound held, Step step)
    {
        if (value.Awaited() is not IInvocationOperation call) return held;
        var inner = call.Subject() is { } subject ? Replaced(subject, held, step) : held;
        if (call.TargetMethod.Name is "Take" or "TakeLast" && call.Arguments.LastOrDefault() is { } most) return inner.Meet(sizes.OfCount(most.Value, step));
        return call.TargetMethod.Parameters.Any(p => p.IsPaging() && p.Name != "count") ? new Bound.AtMost(Bound.Few, "a page") : inner;
    }

    private static bool Mentions(IOperation value, ISymbol symbol) => value.DescendantsAndSelf().Any(o => o switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, symbol),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, symbol),
        _ => false,
    });

    /// <summary>The parameter of a public handler of requests: whoever sends the request decides its size.</summary>
    private bool IsRequest(IParameterSymbol parameter, ValueScope scope)
    {
        if (parameter.Type.TypeKind == TypeKind.Interface && !parameter.Type.IsSequence()) return false;
        if (parameter.GetAttributes().Any(a => a.AttributeClass?.Name is "FromServicesAttribute" or "FromKeyedServicesAttribute")) return false;
        if (parameter.ContainingSymbol is not IMethodSymbol method) return false;
        if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Public }) return false;
        var frame = scope.Body.Frames.FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Method, method));
        if (frame is null || model.App.HostOf(frame) != Host.Web) return false;
        return frame.Function is null || frame.Outer is not { } outer || model.App.HostOf(outer) != Host.Web; // the handler itself, no lambda inside it
    }

    /// <summary>Commands and messages carry what their sender put in.</summary>
    private static bool IsMessage(ITypeSymbol type)
    {
        foreach (var ending in MessageEndings)
        {
            if (type.Name.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool Settings(IPropertyReferenceOperation reference)
    {
        for (IOperation? o = reference; o is IPropertyReferenceOperation property; o = property.Instance?.Plain())
        {
            if (property.Property.ContainingType.HoldsSettings() || property.Instance?.Type.HoldsSettings() == true) return true;
        }

        return false;
    }

    /// <summary>The parameter that <c>request.Filter.Ids</c> starts from.</summary>
    private static IParameterSymbol? Root(IOperation reference)
    {
        var o = reference;
        while (o is IPropertyReferenceOperation { Instance: { } instance }) o = instance.Plain();
        return (o as IParameterReferenceOperation)?.Parameter;
    }

    private static int? LengthAttribute(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "MaxLengthAttribute" or "LengthAttribute" && attribute.ConstructorArguments.LastOrDefault().Value is int most) return most;
        }

        return null;
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    private static string Item(IParameterSymbol parameter) => $"item of '{parameter.Name}'";

    private static readonly string[] MessageEndings = ["Request", "Command", "Message", "Event", "Query", "Batch", "Job"];
}
