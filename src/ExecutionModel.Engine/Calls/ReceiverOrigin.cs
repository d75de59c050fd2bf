using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>Where the data of a stream or reader lives.</summary>
public enum Origin
{
    /// <summary>Handed in from elsewhere.</summary>
    Unknown,

    /// <summary>In memory, or behind asynchronous members that never wait: there is nothing to await.</summary>
    Memory,

    /// <summary>In a file.</summary>
    Disk,

    /// <summary>On a network, in a database, in another process.</summary>
    Remote,
}

/// <summary>
/// Answers: does reading or writing this object leave the process? A stream says so by its type, by the call that opened it, by the stream that it wraps, or
/// in the body of the method that returns it.
/// </summary>
internal sealed class ReceiverOrigin(Catalogue catalogue, SourceBodies sources)
{
    private const int Hops = 8;

    /// <summary>Of what the call works on. A hash or a serializer is nowhere itself: it works on the streams that it is handed.</summary>
    public Origin Of(IInvocationOperation call) => Of(call.Subject(), Hops) is not Origin.Unknown and var known ? known : OfStreams(call);

    private Origin Of(IOperation? value, int hops)
    {
        if (value is null || hops == 0) return Origin.Unknown;
        value = value.Awaited();
        if (OfType(value.Type) is not Origin.Unknown and var stated) return stated;
        return value switch
        {
            ILocalReferenceOperation local => Of(Roots.Initializer(local), hops - 1),
            IConditionalAccessInstanceOperation instance => Of(Roots.Enclosing(instance), hops - 1),
            ICoalesceOperation either => Both(Of(either.Value, hops - 1), Of(either.WhenNull, hops - 1)),
            IConditionalOperation { WhenFalse: { } whenFalse } either => Both(Of(either.WhenTrue, hops - 1), Of(whenFalse, hops - 1)),
            IObjectCreationOperation creation => OfFirst(creation, hops),
            IPropertyReferenceOperation property => OfFacts(catalogue.Of(property.Property)) is not Origin.Unknown and var known ? known : OfOwner(property.Instance, hops),
            IInvocationOperation call => OfCall(call, hops),
            IFieldReferenceOperation field => OfFacts(catalogue.Of(field.Field)),
            _ => Origin.Unknown,
        };
    }

    private Origin OfType(ITypeSymbol? type) => catalogue.Of(type) switch
    {
        { FakeAsync: true } or { Waiting: Waiting.Memory } => Origin.Memory,
        { Sharing: not Sharing.Safe, Channel: var channel } => OfChannel(channel),
        _ => Origin.Unknown,
    };

    private static Origin OfFacts(ApiFacts? facts) => facts switch
    {
        null => Origin.Unknown,
        { FakeAsync: true } => Origin.Memory,
        { Channel: var channel } => OfChannel(channel),
    };

    private static Origin OfChannel(Channel channel) => channel switch
    {
        Channel.File => Origin.Disk,
        Channel.Network or Channel.Database or Channel.Process => Origin.Remote,
        _ => Origin.Unknown,
    };

    /// <summary><c>reader.BaseStream</c> lives where the reader does, an entry where its archive does.</summary>
    private Origin OfOwner(IOperation? owner, int hops) => owner is null or IInstanceReferenceOperation ? Origin.Unknown : Of(owner, hops - 1);

    private Origin OfCall(IInvocationOperation call, int hops)
    {
        var facts = catalogue.Of(call.TargetMethod);
        if (OfFacts(facts) is not Origin.Unknown and var known) return known;
        if (facts is null) return OfReturned(call.TargetMethod, hops);
        // What a factory makes lives where it connects to, not where the factory does.
        return facts.Channel == Channel.Receiver && catalogue.Of(call.Subject()?.Type) is { Sharing: Sharing.Unsafe } ? OfOwner(call.Subject(), hops) : Origin.Unknown;
    }

    private Origin OfReturned(IMethodSymbol method, int hops)
    {
        Origin? all = null;
        foreach (var returned in sources.Of(method)?.Frames[0].Root.Own().OfType<IReturnOperation>() ?? [])
        {
            var origin = Of(returned.ReturnedValue, hops - 1);
            all = all is { } others ? Both(others, origin) : origin;
        }

        return all ?? Origin.Unknown;
    }

    /// <summary>A wrapper lives where the stream or reader that it was made of does.</summary>
    private Origin OfFirst(IObjectCreationOperation creation, int hops)
    {
        if (creation.Constructor is { } constructor && OfFacts(catalogue.Of(constructor)) is not Origin.Unknown and var stated) return stated;
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0) return Of(argument.Value, hops - 1);
        }

        return Origin.Unknown;
    }

    /// <summary>One that leaves the process is enough to wait for.</summary>
    private Origin OfStreams(IInvocationOperation call)
    {
        Origin? all = null;
        foreach (var argument in call.Arguments)
        {
            if (!IsStream(argument.Parameter?.Type)) continue;
            var origin = Of(argument.Value.Plain(), Hops);
            if (origin is Origin.Disk or Origin.Remote) return origin;
            all = all is { } others ? Both(others, origin) : origin;
        }

        return all ?? Origin.Unknown;
    }

    private static bool IsStream(ITypeSymbol? type) =>
        type is { Name: "Stream" or "TextReader" or "TextWriter", ContainingNamespace: { Name: "IO", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };

    private static Origin Both(Origin a, Origin b) => a == b ? a : Origin.Unknown;
}
