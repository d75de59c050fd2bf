using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Elements of arrays that one turn of a counted loop has for itself: those at its own counter. All turns address such an array in the same way, or none of
/// its elements counts as owned.
/// </summary>
internal sealed class TurnSlots
{
    private readonly HashSet<IOperation> own = [];
    private readonly Dictionary<ISymbol, (int At, SyntaxNode Index)> written = new(SymbolEqualityComparer.Default);

    private TurnSlots()
    {
    }

    /// <summary>Arrays in which each turn writes its own element.</summary>
    public IEnumerable<ISymbol> Written => written.Keys;

    /// <summary>Turns use the same index in all of them: it doesn't matter whether two names stand for one array.</summary>
    public bool ShareIndex => written.Values.All(w => Same(w, written.Values.First()));

    public static TurnSlots Of(PlainLoop loop)
    {
        var slots = new TurnSlots();
        if (loop.Count is not { Counter: var counter }) return slots;
        var arrays = loop.Loop.Body.Descendants().OfType<IArrayElementReferenceOperation>()
            .GroupBy(ArrayOf, SymbolEqualityComparer.Default).Where(g => g.Key is { } array && !loop.Declares(array)).ToList();
        foreach (var array in arrays)
        {
            if (array.FirstOrDefault(IsChanged) is not { } changed) continue;
            for (var at = 0; at < changed.Indices.Length; at++)
            {
                if (!CounterIndex.IsInjective(changed.Indices[at], counter, loop)) continue;
                slots.written[array.Key!] = (at, changed.Indices[at].Syntax);
                break;
            }
        }

        // What is only read may be one of the written arrays under another name: then its own element is the one at the same index.
        foreach (var array in arrays)
        {
            if (!slots.written.TryGetValue(array.Key!, out var place) && (slots.written.Count == 0 || !slots.ShareIndex || array.Any(IsChanged))) continue;
            if (place.Index is null) place = slots.written.Values.First();
            slots.own.UnionWith(array.Where(e => place.At < e.Indices.Length && Same(place, (place.At, e.Indices[place.At].Syntax)) && CounterIndex.IsInjective(e.Indices[place.At], counter, loop)));
        }

        return slots;
    }

    /// <summary>The element itself.</summary>
    public bool Owns(IOperation element) => own.Contains(element);

    /// <summary>What the element holds: a value, or a row of a jagged array.</summary>
    public bool OwnsContentsOf(IOperation value) => value.Plain() switch
    {
        IArrayElementReferenceOperation element => Owns(element) ? element.Type is { IsValueType: true } or IArrayTypeSymbol : OwnsContentsOf(element.ArrayReference),
        IFieldReferenceOperation { Type.IsValueType: true, Instance: { Type.IsValueType: true } instance } => OwnsContentsOf(instance),
        _ => false,
    };

    /// <summary>Two rows may be the same array: nothing here shows that they are not.</summary>
    public bool OwnsRows => own.Any(e => e.Type is IArrayTypeSymbol && e.Parent is IArrayElementReferenceOperation);

    private static bool IsChanged(IArrayElementReferenceOperation element)
    {
        IOperation place = element;
        while (place.Parent is IArrayElementReferenceOperation outer && ReferenceEquals(outer.ArrayReference, place) || place.Parent is IFieldReferenceOperation { Type.IsValueType: true } or IFieldReferenceOperation { Instance.Type.IsValueType: true }) place = place.Parent;
        return place.Parent switch
        {
            IAssignmentOperation assignment => ReferenceEquals(assignment.Target, place),
            IIncrementOrDecrementOperation => true,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IInvocationOperation { Instance: { Type.IsValueType: true } instance } => ReferenceEquals(instance, place) && instance.Type is { IsReadOnly: false, SpecialType: SpecialType.None },
            ITupleOperation => true,
            _ => false,
        };
    }

    private static bool Same((int At, SyntaxNode Index) one, (int At, SyntaxNode Index) other) => one.At == other.At && one.Index.IsEquivalentTo(other.Index, topLevel: false);

    private static ISymbol? ArrayOf(IArrayElementReferenceOperation element) => element.ArrayReference.Plain() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field.OriginalDefinition,
        _ => null,
    };
}
