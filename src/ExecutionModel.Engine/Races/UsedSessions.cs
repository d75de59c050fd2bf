using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: which contexts, connections, readers and streams does started code use, other than its own? Calls of the catalogue say so themselves; methods whose
/// body can be seen are followed, and services whose body can't count with the unit of work that their constructors reach. One that is made, or taken from a
/// factory or scope, on the way is the operation's own.
/// </summary>
/// <param name="onThreads">The code runs on several threads: changing a context in memory is a use, too.</param>
public sealed class UsedSessions(ProgramModel model, bool onThreads)
{
    private const int Hops = 3;
    private const int MostOperations = 3000;
    private readonly List<SessionUse> found = [];
    private readonly Guards guards = new(model);
    private int operations;

    /// <summary>Of a call that is started.</summary>
    public IReadOnlyList<SessionUse> OfCall(IInvocationOperation call, Func<ISymbol, bool> owns)
    {
        Call(call, new Scope(owns, null, call, Confidence.Certain, Hops));
        return found;
    }

    /// <summary>Of a function that is started several times, or beside others.</summary>
    public IReadOnlyList<SessionUse> OfFunction(Frame frame, Func<ISymbol, bool> owns)
    {
        Code(frame, new Scope(owns, null, null, Confidence.Certain, Hops));
        return found;
    }

    private void Code(Frame frame, Scope scope)
    {
        foreach (var operation in frame.Root.DescendantsAndSelf())
        {
            if (++operations > MostOperations) return;
            if (operation is IInvocationOperation call && !guards.Hold(frame, call) && !KeptTasks.Hold(model, frame, call)) Call(call, scope);
        }
    }

    private void Call(IInvocationOperation call, Scope scope)
    {
        var method = call.TargetMethod;
        var start = scope.Start ?? call;
        var known = model.Catalogue.Of(method, call.Instance?.Type);
        if (onThreads && known is not { Touch: Touch.Pure } && IsSerial(call.Instance?.Type as INamedTypeSymbol))
        {
            if (SessionOf(call.Instance, scope) is var (moved, movedType)) found.Add(new SessionUse(moved, movedType, scope.Service, start, SessionUse.Serial, scope.Confidence));
            return;
        }

        if (known is { } facts)
        {
            var waits = facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo && !facts.FakeAsync;
            if (!waits && !(onThreads && facts.Touch == Touch.Write)) return;
            if (SessionOf(call.Subject(), scope) is not var (session, type)) return;
            var isUnit = SharingOf(type) == Sharing.UnitOfWork;
            // Behind an abstract class may be one that locks: Console.Out.
            var confidence = !isUnit && type is { TypeKind: TypeKind.Class, IsAbstract: true } ? Confidence.Likely : scope.Confidence;
            if (isUnit || waits && SharingOf(type) == Sharing.Unsafe) found.Add(new SessionUse(session, type, scope.Service, start, isUnit ? "" : Direction(method.Name), confidence));
            return;
        }

        if (Annotations.Of(method) is { NotConcurrencySafe: true })
        {
            if (SessionOf(call.Instance, scope) is var (marked, markedType)) found.Add(new SessionUse(marked, markedType, scope.Service, start, "", scope.Confidence));
            return;
        }

        if (scope.Hops > 0) Follow(call, start, scope);
    }

    private void Follow(IInvocationOperation call, IOperation start, Scope scope)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension)) return;
        var isThis = method.IsStatic || call.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
        var service = isThis ? scope.Service : SharedPlaces.Of(call.Instance, scope.Owns);
        if (!isThis && service is null) return;
        var confidence = scope.Confidence;
        if (Summaries.IsOpen(method))
        {
            if (call.Instance?.Type is not INamedTypeSymbol type) return;
            var classes = model.Implementations.Of(type);
            confidence = Confidence.Likely;
            if (classes is not [var only] || TypeShapes.Implementing(method, only) is not { } target || model.SourceBodies.Of(target) is null)
            {
                if (model.Types.IsTaskLike(method.ReturnType) && model.Services.Of(method, type).UnitOfWork is { } reached) found.Add(new SessionUse(reached, reached, service ?? type, start, "", Confidence.Likely));
                return;
            }

            method = target;
        }

        if (model.SourceBodies.Of(method) is not { } body) return;
        var given = new Dictionary<ISymbol, ISymbol>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && SessionOf(argument.Value, scope) is var (passed, _)) given[method.OriginalDefinition.Parameters[Math.Min(parameter.Ordinal, method.Parameters.Length - 1)]] = passed;
        }

        var inner = new Scope(s => s is ILocalSymbol || s is IParameterSymbol { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } } && !given.ContainsKey(s), given, start, confidence, scope.Hops - 1) { Service = service };
        foreach (var frame in body.Frames)
        {
            if (frame.Outer is null) Code(frame, inner);
        }
    }

    /// <summary>The object that serves the expression: the context of a query, the connection of a command; null where it is the code's own or can't be told.</summary>
    private (ISymbol Session, INamedTypeSymbol Type)? SessionOf(IOperation? value, Scope scope)
    {
        for (var hop = 0; hop < 10 && value is not null; hop++)
        {
            value = value.Awaited();
            var type = value.Type as INamedTypeSymbol;
            switch (value)
            {
                case ILocalReferenceOperation local:
                    var made = Roots.Initializer(local)?.Plain();
                    if (made is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation || made is IInvocationOperation && !IsSession(type))
                    {
                        value = made;
                        continue;
                    }

                    if (IsSession(type) && !scope.Owns(local.Local)) return (local.Local, type!);
                    value = MakerOf(made);
                    continue;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    if (!IsSession(type)) return null;
                    if (scope.Given is { } given && given.TryGetValue(parameter.OriginalDefinition, out var passed)) return (passed, type!);
                    return scope.Owns(parameter) ? null : (parameter, type!);
                case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol { IsIndexer: false } } member:
                    if (member.Instance is { } instance && (IsWhole(instance.Type as INamedTypeSymbol) || !IsSession(type)))
                    {
                        value = instance;
                        continue;
                    }

                    return IsSession(type) && SharedPlaces.Of(member, scope.Owns) is { } place ? (place, type!) : null;
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                    return IsSession(type) ? (type!, type!) : null;
                case IInvocationOperation call when model.Catalogue.Of(call.TargetMethod) is { Fresh: false, Waiting: not (Waiting.AsyncIo or Waiting.BlockingIo) } facts && (facts.Deferred || facts.Touch is Touch.Pure or Touch.Read):
                    value = call.Subject();
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>A command of one's own still runs on the connection that it was made for.</summary>
    private IOperation? MakerOf(IOperation? made) => made switch
    {
        IInvocationOperation { Instance: { } on } call => IsWhole(on.Type as INamedTypeSymbol) && model.Catalogue.Of(call.TargetMethod) is not { Fresh: true } ? on : null,
        IObjectCreationOperation creation => creation.Arguments.Select(a => a.Value).FirstOrDefault(a => IsWhole(a.Type as INamedTypeSymbol)),
        _ => null,
    };

    /// <summary>Its parts serve as one: the sets of a context. The two outputs of a process don't.</summary>
    private bool IsWhole(INamedTypeSymbol? type) => type is not null && (SharingOf(type) is Sharing.UnitOfWork || Annotations.Of(type).NotConcurrencySafe);

    private bool IsSession(INamedTypeSymbol? type) => type is not null && (SharingOf(type) is Sharing.UnitOfWork or Sharing.Unsafe || Annotations.Of(type).NotConcurrencySafe);

    /// <summary>What one thread does to it spoils what another one does. From .NET 6 on, a generator without a seed at worst repeats a number.</summary>
    private bool IsSerial(INamedTypeSymbol? type) => type is not null && model.Catalogue.Of(type) is { Serial: true } && !(type.Name == "Random" && type.GetMembers("Shared").Length > 0);

    private Sharing SharingOf(INamedTypeSymbol type) => model.Catalogue.Of(type)?.Sharing ?? Sharing.Unstated;

    /// <summary>A socket takes one read and one write at a time.</summary>
    private static string Direction(string method) => method.StartsWith("Read", StringComparison.Ordinal) || method.StartsWith("Receive", StringComparison.Ordinal) || method.StartsWith("CopyTo", StringComparison.Ordinal) ? "read" : "write";

    /// <param name="Owns">Variables that each run has for itself.</param>
    /// <param name="Given">What the parameters of a followed method stand for.</param>
    /// <param name="Start">The call of the examined code that leads here.</param>
    private sealed record Scope(Func<ISymbol, bool> Owns, Dictionary<ISymbol, ISymbol>? Given, IOperation? Start, Confidence Confidence, int Hops)
    {
        public ISymbol? Service { get; init; }
    }
}
