using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using ExecutionModel.Engine.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>A call that adds to a queue or takes from it.</summary>
public sealed record QueueCall(IInvocationOperation Call, Frame Frame, FlatBody Body);

/// <summary>
/// A queue without a limit, what adds to it without end and what works it off, and waits meanwhile. All of it stands in one type: what other types do with the
/// queue can't be seen.
/// </summary>
/// <param name="Making">The constructor or factory call.</param>
/// <param name="Holder">The field, property or local that keeps it.</param>
/// <param name="Adds">All calls that add.</param>
/// <param name="Producer">The one that nothing ends.</param>
/// <param name="Consumer">What takes; the delegate of a block that works by itself.</param>
/// <param name="Turn">What the consumer does with one item.</param>
/// <param name="IsHandedOn">Code that can't be seen may use it as well.</param>
public sealed record QueueTraffic(IOperation Making, ISymbol Holder, IReadOnlyList<QueueCall> Adds, QueueCall Producer, QueueCall? Consumer, IOperation Turn, bool IsHandedOn);

/// <summary>Finds them.</summary>
public sealed class QueueTraffics
{
    private const string Capacity = "BoundedCapacity";
    private readonly ProgramModel model;
    private readonly SourceSize sizes;
    private readonly Singletons singletons;

    public QueueTraffics(ProgramModel model) => (this.model, sizes, singletons) = (model, new SourceSize(model), new Singletons(model));

    /// <summary>By its words, a queue may be made there; its type stands in the file where it does not stand behind <c>new</c>.</summary>
    public bool MayBeIn(SyntaxNode body) =>
        model.Words.HasAny(body.SyntaxTree, model.Catalogue.Queueing)
        && (model.Words.HasAny(body.SyntaxTree, body.Span, model.Catalogue.Queueing) || model.Words.HasAny(body.SyntaxTree, body.Span, CallWords.Creations));

    public IEnumerable<QueueTraffic> In(FlatBody body, Action<IOperation, string> drop)
    {
        foreach (var frame in body.Frames)
        {
            foreach (var making in frame.Calls.Where(c => model.Catalogue.Of(c.TargetMethod) is { Queue: Queue.Unbounded }).Concat<IOperation>(frame.Creations.Where(c => c.Constructor is { } made && model.Catalogue.Of(made) is { Queue: Queue.Unbounded })))
            {
                string? obstacle = "it is handed on";
                if (HolderOf(making) is { } holder && Of(body, making, holder, out obstacle) is { } traffic) yield return traffic;
                else drop(making, obstacle!);
            }
        }
    }

    private QueueTraffic? Of(FlatBody body, IOperation making, ISymbol holder, out string? obstacle)
    {
        if (IsLimited(making, body.Values, out obstacle)) return null;
        var bodies = holder is ILocalSymbol ? [body] : BodiesOf(holder).ToList();
        var calls = bodies.SelectMany(b => b.Frames.SelectMany(f => f.Calls.Where(c => RoleOf(c) != Queue.Unstated && SymbolEqualityComparer.Default.Equals(RootOf(c.Subject(), b.Values), holder)).Select(c => new QueueCall(c, f, b)))).ToList();
        var adds = calls.Where(c => RoleOf(c.Call) == Queue.Add).ToList();
        obstacle = "nobody is seen to add without end";
        if (adds.FirstOrDefault(a => IsEndless(a, holder)) is not { } producer) return null;
        obstacle = "its length is asked for";
        if (bodies.Any(b => IsMeasured(b, holder))) return null;

        if (making is IObjectCreationOperation { Arguments: [{ Value: var handed }, ..] } && handed.DelegateTarget() is { } own)
        {
            obstacle = "what it does with an item does not wait, or adds to it";
            return Waits(own) && !adds.Any(a => a.Call.IsInside(own)) ? new QueueTraffic(making, holder, adds, producer, null, own, IsHandedOn(bodies, holder)) : null;
        }

        obstacle = "nobody is seen to work it off and to wait meanwhile";
        if (calls.Where(c => RoleOf(c.Call) == Queue.Take).Select(c => (Call: c, Turn: TurnOf(c.Call))).FirstOrDefault(c => c.Turn is { } work && Waits(work)) is not { Call: { } consumer, Turn: { } turn }) return null;
        obstacle = "who takes from it adds to it";
        if (adds.Any(a => a.Call.IsInside(turn) || Reaches(turn, a.Body.Member))) return null;
        obstacle = "one after the other";
        if (ReferenceEquals(consumer.Frame, producer.Frame)) return null;
        return new QueueTraffic(making, holder, adds, producer, consumer, turn, IsHandedOn(bodies, holder));
    }

    private Queue RoleOf(IInvocationOperation call) => model.Catalogue.Of(call.TargetMethod) is { } facts ? facts.Queue is Queue.Add or Queue.Take ? facts.Queue : Queue.Unstated : Queue.Unstated;

    private static ISymbol? HolderOf(IOperation making) => making.Above() switch
    {
        IFieldInitializerOperation { InitializedFields: [var field] } => field,
        IPropertyInitializerOperation { InitializedProperties: [var property] } => property,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field } => field.Field,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property } => property.Property,
        _ => null,
    };

    /// <summary>Options that set a capacity, or that can't be seen.</summary>
    private static bool IsLimited(IOperation making, ValueScope scope, out string? obstacle)
    {
        obstacle = "a capacity is set, or may be";
        foreach (var argument in (making as IObjectCreationOperation)?.Arguments ?? ((IInvocationOperation)making).Arguments)
        {
            var value = argument.Value.Plain();
            if (value.Type is null || !HasCapacity(value.Type)) continue;
            if (value is ILocalReferenceOperation local && scope.OnlyValueOf(local.Local) is { } written) value = written.Plain();
            if (value is not IObjectCreationOperation options || scope.Body.Frames.Any(f => f.Root.Descendants().Any(Sets)) || options.Initializer?.Descendants().Any(Sets) == true) return true;
        }

        return false;

        static bool Sets(IOperation o) => o is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: Capacity } };
    }

    private static bool HasCapacity(ITypeSymbol type)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (!t.GetMembers(Capacity).IsEmpty) return true;
        }

        return false;
    }

    private IEnumerable<FlatBody> BodiesOf(ISymbol holder) =>
        holder.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Where(m => m.DeclaringSyntaxReferences.Any(r => WrittenNames.In(r.SyntaxTree, holder.Name) && r.GetSyntax().ToString().Contains(holder.Name)))
            .Select(m => model.SourceBodies.Of(m)).OfType<FlatBody>();

    /// <summary>The field or local behind <c>channel.Writer</c>.</summary>
    private static ISymbol? RootOf(IOperation? value, ValueScope scope)
    {
        for (var hops = 0; hops < 6 && value is not null; hops++)
        {
            switch (value.Plain())
            {
                case IFieldReferenceOperation field:
                    return field.Field;
                case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } own:
                    return own.Property;
                case IPropertyReferenceOperation { Property.Name: "Writer" or "Reader" } end:
                    value = end.Instance;
                    break;
                case ILocalReferenceOperation local when scope.OnlyValueOf(local.Local)?.Plain() is IPropertyReferenceOperation or IFieldReferenceOperation:
                    value = scope.OnlyValueOf(local.Local);
                    break;
                case ILocalReferenceOperation local:
                    return local.Local;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>As many items as the outside world has: a request each, a turn each of a loop over what is not at hand.</summary>
    private bool IsEndless(QueueCall add, ISymbol holder)
    {
        var place = (IOperation)add.Call;
        for (Frame? f = add.Frame; f is not null; f = f.Outer)
        {
            for (var o = place; o is not null && !ReferenceEquals(o, f.Root); o = o.Parent)
            {
                if (o.Parent is ILoopOperation loop && ReferenceEquals(loop.Body, o)) return IsOpen(loop, add.Body.Values);
            }

            if (f.Function is null) break;
            place = f.Function;
        }

        return Recurrence.Of(model, add.Body, add.Frame, add.Call, sizes) switch
        {
            Repetition.PerRequest => holder is not ILocalSymbol,
            Repetition.PerCall => holder is not ILocalSymbol && add.Body.Member is IMethodSymbol { DeclaredAccessibility: not Accessibility.Private } && (holder.IsStatic || singletons.Holds(holder.ContainingType)),
            _ => false,
        };
    }

    /// <summary>The items come from somewhere while the loop runs; those of a list are at hand already, and as many as they are.</summary>
    private bool IsOpen(ILoopOperation loop, ValueScope values) => loop switch
    {
        IForEachLoopOperation { IsAsynchronous: true } => true,
        IForEachLoopOperation each => sizes.Of(each.Collection, values) is Bound.Huge && each.Collection.Plain().Type is not IArrayTypeSymbol && each.Collection.Plain().Type?.AllInterfaces.Any(i => i.Name is "ICollection" or "IReadOnlyCollection") != true,
        IWhileLoopOperation => true,
        _ => false,
    };

    private static bool IsMeasured(FlatBody body, ISymbol holder) => body.Frames.Where(f => f.Outer is null).Any(f => f.Root.Descendants().Any(o =>
        o is IPropertyReferenceOperation { Property.Name: "Count" or "InputCount", Parent: IBinaryOperation } length && SymbolEqualityComparer.Default.Equals(RootOf(length.Instance, body.Values), holder)));

    /// <summary>It is used for more than calls on it and its ends.</summary>
    private bool IsHandedOn(IReadOnlyList<FlatBody> bodies, ISymbol holder)
    {
        if (holder is IFieldSymbol { DeclaredAccessibility: not Accessibility.Private } or IPropertySymbol { DeclaredAccessibility: not Accessibility.Private }) return true;
        foreach (var use in bodies.SelectMany(b => b.Frames.Where(f => f.Outer is null)).SelectMany(f => f.Root.DescendantsAndSelf()))
        {
            var named = use switch
            {
                IFieldReferenceOperation field => field.Field,
                IPropertyReferenceOperation property => property.Property,
                ILocalReferenceOperation local => local.Local,
                _ => (ISymbol?)null,
            };
            if (!SymbolEqualityComparer.Default.Equals(named, holder)) continue;
            var end = use.Above() is IPropertyReferenceOperation { Property.Name: "Writer" or "Reader" } part ? part : use;
            if (end.Above() is IInvocationOperation || end.Above() is IArgumentOperation { Parent: IInvocationOperation known } && RoleOf(known) != Queue.Unstated) continue;
            if (end.Above() is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, end) || end.Above() is IPropertyReferenceOperation { Property.Name: not ("Writer" or "Reader") }) continue;
            return true;
        }

        return false;
    }

    /// <summary>What is done with each item that is taken.</summary>
    private static IOperation? TurnOf(IInvocationOperation take)
    {
        for (IOperation? o = take; o is not null; o = o.Parent)
        {
            if (o is ILoopOperation loop) return loop.Body;
            if (o is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Parallel" } parallel }) return parallel.Arguments.Select(a => a.Value.DelegateTarget()).FirstOrDefault(d => d is not null);
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return null;
        }

        return null;
    }

    /// <summary>It waits for something other than the queue.</summary>
    private bool Waits(IOperation work) => (work is IMethodReferenceOperation { Method.IsAsync: true }) || work.DescendantsAndSelf().Any(o => o switch
    {
        IAwaitOperation wait => wait.Operation.Awaited() is not IInvocationOperation call || RoleOf(call) == Queue.Unstated && model.Catalogue.Of(call.TargetMethod) is not { Waiting: Waiting.Memory },
        IInvocationOperation call => model.Catalogue.Of(call.TargetMethod) is { Waiting: Waiting.BlockingIo } or { Waiting: Waiting.Delay, Holds: true },
        _ => false,
    });

    private static bool Reaches(IOperation work, ISymbol member) => work.Descendants().Any(o => o is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, member));
}
