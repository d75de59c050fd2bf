using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Summaries of methods, inlined to a fixed depth: <c>Of(m, k)</c> reads the body of m and takes its callees at k - 1; at 0 only the catalogue and names speak.
/// Each (method, depth) is a pure function of the compilation, so the memo gives the same answer in any thread order.
/// </summary>
public sealed class Summaries(ProgramModel model)
{
    public const int Depth = 4;
    private const int MostImplementations = 3;
    private readonly ConcurrentDictionary<ISymbol, Summary>[] memo = ByDepth();

    /// <summary>Of a body that is known to run: an override further down doesn't make it open.</summary>
    private readonly ConcurrentDictionary<ISymbol, Summary>[] exact = ByDepth();

    /// <param name="receiver">The expression that the method is called on; its type may say more than the method's own.</param>
    public Summary Of(IMethodSymbol method, IOperation? receiver, int depth)
    {
        if (method.ReducedFrom is { } unreduced) method = unreduced;
        if (OfReceiver(method, receiver?.Type) is { } stated) return stated;
        var known = memo[depth].GetOrAdd(method.OriginalDefinition, m => Compute((IMethodSymbol)m, depth));
        if (receiver is null || !IsOpen(method) || known.Confidence == Confidence.Certain) return known;
        return Exact(method, receiver) is { } exact ? Of(exact, null, depth) : known;
    }

    /// <summary>A line of the interface that the call goes through: a command on a batch is only collected.</summary>
    private Summary? OfReceiver(IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (receiver is not { TypeKind: TypeKind.Interface } || method.ContainingType is not { TypeKind: TypeKind.Interface } declaring || SymbolEqualityComparer.Default.Equals(receiver.OriginalDefinition, declaring.OriginalDefinition)) return null;
        return model.Catalogue.Of(method, receiver) is { } facts && IsStated(facts) && !ReferenceEquals(facts, model.Catalogue.Of(method)) ? FromCatalogue(method, facts) : null;
    }

    /// <summary>What a constructor does besides filling the new object.</summary>
    public Summary OfCreation(IMethodSymbol constructor, int depth)
    {
        if (model.Catalogue.Of(constructor) is { } facts && IsStated(facts)) return FromCatalogue(constructor, facts);
        if (constructor.DeclaringSyntaxReferences.IsEmpty || depth == 0) return Summary.Nothing; // a new object is nobody else's
        return memo[depth].GetOrAdd(constructor.OriginalDefinition, c => FromBody((IMethodSymbol)c, depth) ?? Summary.Nothing);
    }

    private static ConcurrentDictionary<ISymbol, Summary>[] ByDepth() =>
        [.. Enumerable.Range(0, Depth + 1).Select(_ => new ConcurrentDictionary<ISymbol, Summary>(SymbolEqualityComparer.Default))];

    private Summary Compute(IMethodSymbol method, int depth)
    {
        if (FromAnnotations(method) is { } annotated) return annotated;
        if (model.Catalogue.Of(method) is { } facts && IsStated(facts)) return FromCatalogue(method, facts);
        if (method.IsAbstract && model.Catalogue.OfAttributes(method) is { } generated) return FromCatalogue(method, generated);
        if (method.DeclaringSyntaxReferences.IsEmpty && model.Catalogue.Of(method.ContainingType) is { Touch: not Touch.Unstated } type && !model.Types.IsTaskLike(method.ReturnType))
            return FromCatalogue(method, type);

        if (depth > 0 && !IsOpen(method) && FromBody(method, depth) is { } body) return body;
        if (depth > 0 && IsOpen(method) && FromImplementations(method, depth) is { } behind) return behind;
        return Summary.Unknown(method.Name);
    }

    private static Summary? FromAnnotations(IMethodSymbol method)
    {
        var marks = Annotations.Of(method);
        if (marks == Annotations.None) return null;
        if (marks.Sequential) return Summary.Unknown($"'{method.Name}' is marked [Sequential]");
        if (marks.NotConcurrencySafe) return new Summary { Confidence = Confidence.Certain, Waiting = Waiting.AsyncIo, Effects = [new Effect(Place.Receiver, Access.Exclusive)], Evidence = "[NotConcurrencySafe]" };
        if (marks.ConcurrencySafe || marks.IoBound)
        {
            return new Summary
            {
                Confidence = Confidence.Certain,
                Waiting = marks.Cheap ? Waiting.Memory : Waiting.AsyncIo,
                Effects = marks.ConcurrencySafe ? [] : [new Effect(Place.External(Channel.Network, null), CallNames.Kind(method.Name, null) == NameKind.Read ? Access.Read : Access.Write)],
                Evidence = marks.ConcurrencySafe ? "[ConcurrencySafe]" : "[IoBound]",
            };
        }

        return marks.Cheap ? Summary.Nothing with { Evidence = "[Cheap]" } : null;
    }

    private static bool IsStated(ApiFacts facts) =>
        facts.Touch != Touch.Unstated || facts.Waiting != Waiting.Unstated || facts.Deferred || facts.Gate || facts.Guard || facts.Offloads || facts.Fresh || facts.Invokes >= 0;

    private Summary FromCatalogue(IMethodSymbol method, ApiFacts facts)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        var receiver = model.Catalogue.Of(method.ContainingType);
        var waits = facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo;
        var access = facts.Touch == Touch.Write ? Access.Write : Access.Read;
        if (facts.Gate) effects.Add(new Effect(Place.Receiver, Access.Exclusive));
        if (facts.Touch is Touch.Read or Touch.Write || waits)
        {
            if (facts.Channel == Channel.Receiver) effects.Add(new Effect(Place.Receiver, waits && receiver?.Sharing != Sharing.Safe ? Access.Exclusive : access));
            else effects.Add(new Effect(Place.External(facts.Channel, facts.KeyArgument < 0 ? null : "arg" + facts.KeyArgument), access));
        }

        if (receiver?.Sharing == Sharing.UnitOfWork || (facts.Channel == Channel.Database && receiver?.Sharing != Sharing.Safe)) effects.Add(new Effect(Place.ReceiverUnitOfWork, Access.Exclusive));
        else if (waits && receiver?.Sharing == Sharing.Unsafe) effects.Add(new Effect(Place.Receiver, Access.Exclusive));

        // A mutable argument is read: by a pure function at once, else for as long as the operation is in flight.
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind == RefKind.None && !facts.Deferred && !model.Immutability.IsImmutable(parameter.Type) && parameter.Type.TypeKind != TypeKind.TypeParameter)
                effects.Add(new Effect(Place.Contents(parameter), Access.Read));
        }

        return new Summary
        {
            Confidence = facts.Likely ? Confidence.Likely : Confidence.Certain,
            Waiting = facts.Waiting == Waiting.Unstated ? Waiting.Memory : facts.Waiting,
            Effects = effects.ToImmutable(),
            Guards = facts.Guard,
            Writes = waits && facts.Touch == Touch.Write,
            ThrowsEarly = facts.ThrowsEarly,
            Evidence = facts.Source,
        };
    }

    private Summary? FromBody(IMethodSymbol method, int depth)
    {
        if (model.SourceBodies.Of(method) is not { } body) return null;
        var walker = new EffectWalker(model, depth - 1);
        foreach (var frame in body.Frames)
        {
            if (frame.Function is null) walker.Body(frame.Root);
        }

        return new Summary
        {
            Confidence = walker.Obstacle is not null ? Confidence.Unknown : walker.Likely ? Confidence.Likely : Confidence.Certain,
            Obstacle = walker.Obstacle,
            Waiting = walker.Waiting,
            Effects = [.. walker.Effects.Where(e => Escapes(e, method))],
            Guards = walker.Guards && !method.IsAsync,
            Writes = walker.Writes,
            Remembers = walker.Remembers,
            ThrowsEarly = walker.Guards && !method.IsAsync,
            Evidence = walker.Waiting == Waiting.Memory ? "" : $"the body of {method.Name}, {walker.Evidence}",
        };
    }

    /// <summary>What stays visible outside the method: not its own variables, nor objects that only its locals hold.</summary>
    private static bool Escapes(Effect effect, IMethodSymbol method)
    {
        var symbol = effect.Place.Symbol;
        var isOwn = symbol is ILocalSymbol or IParameterSymbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method);
        return effect.Place.Kind switch
        {
            PlaceKind.Variable => !isOwn,
            PlaceKind.Contents or PlaceKind.UnitOfWork => !(isOwn && symbol is ILocalSymbol),
            _ => true,
        };
    }

    private Summary? FromImplementations(IMethodSymbol method, int depth)
    {
        var classes = model.Implementations.Of(method.ContainingType);
        if (classes.IsEmpty || classes.Length > MostImplementations) return null;
        Summary? joined = null;
        foreach (var type in classes)
        {
            if (TypeShapes.Implementing(method, type) is not { } target || target.DeclaringSyntaxReferences.IsEmpty) return null;
            var summary = exact[depth].GetOrAdd(target.OriginalDefinition, m => FromAnnotations((IMethodSymbol)m) ?? FromBody((IMethodSymbol)m, depth) ?? Summary.Unknown(m.Name));
            joined = joined is null ? summary : Join(joined, summary);
        }

        return joined;
    }

    private static Summary Join(Summary a, Summary b) => new()
    {
        Confidence = a.Confidence < b.Confidence ? a.Confidence : b.Confidence,
        Obstacle = a.Obstacle ?? b.Obstacle,
        Waiting = a.Waiting == b.Waiting ? a.Waiting : Waiting.Unstated,
        Effects = [.. a.Effects.Union(b.Effects)],
        Guards = a.Guards || b.Guards,
        Writes = a.Writes || b.Writes,
        Remembers = a.Remembers || b.Remembers,
        ThrowsEarly = a.ThrowsEarly || b.ThrowsEarly,
        Evidence = a.Evidence,
    };

    /// <summary>The override that runs for certain: the receiver's static type is sealed, or is a class whose every known subtype leaves the method alone.</summary>
    private static IMethodSymbol? Exact(IMethodSymbol method, IOperation receiver) =>
        receiver.Type is INamedTypeSymbol { IsSealed: true, TypeKind: TypeKind.Class } type && !SymbolEqualityComparer.Default.Equals(type, method.ContainingType)
            ? TypeShapes.Implementing(method, type)
            : null;

    /// <summary>The body that runs may be another one.</summary>
    internal static bool IsOpen(IMethodSymbol method) =>
        method.IsAbstract || ((method.IsVirtual || (method.IsOverride && !method.IsSealed)) && !method.ContainingType.IsSealed) || method.ContainingType.TypeKind == TypeKind.Interface;
}
