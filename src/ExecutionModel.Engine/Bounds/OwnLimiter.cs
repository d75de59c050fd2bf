using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>How long a limiter lives that nobody shares.</summary>
public enum LimiterLife
{
    /// <summary>As long as one call of the function.</summary>
    Call,

    /// <summary>As long as one item of a fan-out.</summary>
    Item,

    /// <summary>As long as one request, with the object that the framework makes for it.</summary>
    Request,
}

/// <summary>
/// A limiter that only the operation sees which made it: no other can wait for it, so it lets everybody pass. Followed while it stays a local, or a private
/// field, whose only uses are its own members.
/// </summary>
/// <param name="Holder">The local or field.</param>
/// <param name="Entries">Where it is waited for.</param>
/// <param name="Item">The lambda that runs once per item.</param>
/// <param name="Obstacle">Why it may be shared after all; null where it can't be.</param>
public sealed record OwnLimiter(ISymbol Holder, LimiterLife Life, IReadOnlyList<IOperation> Entries, IAnonymousFunctionOperation? Item, string? Obstacle)
{
    /// <summary>A call that uses it for something else than waiting.</summary>
    private IReadOnlyList<IInvocationOperation> Others { get; init; } = [];

    private static readonly string[] PerRequest = ["Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Mvc.ViewComponent", "Microsoft.AspNetCore.SignalR.Hub", "System.Web.Mvc.ControllerBase", "System.Web.Http.ApiController"];
    private static readonly HashSet<string> FanOutCalls = new(["Select", "ForEachAsync", "ForAsync", "ForEach", "For", "ForAll"], StringComparer.Ordinal);

    /// <summary>The limiters that a frame makes for a local; null obstacles are the ones that nobody shares.</summary>
    public static IEnumerable<(IOperation Made, OwnLimiter Limiter)> In(ProgramModel model, FlatBody body, Frame frame)
    {
        foreach (var made in frame.Creations.Concat<IOperation>(frame.Calls))
        {
            if (made.Above() is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } || !Limiters.IsMade(model, made)) continue;
            var (entries, others, obstacle) = Uses(model, body.Values.UsesOf(local), use => ReferenceEquals(use.Function(), frame.Function));
            if (entries.Count == 0) continue;
            if (body.Values.WritesTo(local).Count > 1) obstacle = "it is made in several places";
            if (Limiters.IsOfTime(model, made.Type) && ListFill.LoopAround(entries[0]) is { } loop && !declarator.IsInside(loop)) obstacle = "it paces a loop";
            var item = ItemOf(frame);
            yield return (made, new OwnLimiter(local, item is null ? LimiterLife.Call : LimiterLife.Item, entries, item, obstacle) { Others = others });
        }
    }

    /// <summary>A cheap no, before its initializer is bound: only a private field of an object that lives as long as one request.</summary>
    public static bool MayBe(ProgramModel model, IFieldSymbol field) =>
        field is { IsStatic: false, DeclaredAccessibility: Accessibility.Private }
        && field.ContainingType.BaseType is { SpecialType: SpecialType.None } // most classes have none of their own: the compiler needs to look for no type
        && PerRequest.Any(name => field.ContainingType.DerivesFrom(model.Types.Find(name)));

    /// <summary>The limiter that such a field is given where it is declared.</summary>
    public static (IOperation Made, OwnLimiter Limiter)? Of(ProgramModel model, IFieldSymbol field, IOperation initializer)
    {
        if (!MayBe(model, field) || initializer is not IFieldInitializerOperation { Value: var value }) return null;
        var made = value.Plain();
        if (!Limiters.IsMade(model, made)) return null;
        var uses = UsesOf(model, field);
        if (uses is null) return (made, new OwnLimiter(field, LimiterLife.Request, [], null, "a use of it is not understood"));
        var (entries, others, obstacle) = Uses(model, uses, use => use.Function() is null);
        return entries.Count == 0 ? null : (made, new OwnLimiter(field, LimiterLife.Request, entries, null, obstacle) { Others = others });
    }

    /// <summary>Why it can't become one that all share; null where it can.</summary>
    /// <param name="made">What makes it, which would run once.</param>
    public string? SharingObstacle(ProgramModel model, IOperation made, Frame? frame)
    {
        var links = Limiters.LinksOf(made);
        if (made.Descendants().Any(o => !links.Contains(o) && IsOfCall(model, o))) return "its limit is only known here";
        if (Others.Any(c => c.TargetMethod.Name is "Dispose" or "DisposeAsync" or "Close")) return "it is disposed of here";
        if (!IsGivenBack(model)) return "not every path gives it back: shared, it would keep everybody out";
        return frame is not null && CallsItself(model, frame) ? "the method calls itself, and would wait for itself" : null;
    }

    /// <summary>A lock, a lease in a <c>using</c>, a pipeline that runs what it limits, or one wait with its release in a <c>finally</c>.</summary>
    private bool IsGivenBack(ProgramModel model) => Entries.All(e => e is ILockOperation || IsLease(e) || Runs(model, e)) || Entries.Count == 1 && Others.Any(InFinally);

    private static bool Runs(ProgramModel model, IOperation entry) => entry is IInvocationOperation call && model.Catalogue.Of(call.TargetMethod, call.Instance?.Type)?.Invokes >= 0;

    private static bool IsLease(IOperation entry)
    {
        var value = entry;
        while (value.Above() is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) value = value.Above()!;
        return value.Above() is IUsingOperation || value.Above() is IVariableInitializerOperation { Parent.Parent.Parent.Parent: IUsingDeclarationOperation or IUsingOperation };
    }

    private static bool InFinally(IOperation operation)
    {
        for (var o = operation; o.Parent is not null; o = o.Parent)
        {
            if (o.Parent is ITryOperation tried && ReferenceEquals(tried.Finally, o)) return true;
        }

        return false;
    }

    private bool IsOfCall(ProgramModel model, IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local.IsConst: false } local => Item is null || Item.Syntax.Span.Contains(local.Local.DeclaringSyntaxReferences[0].Span),
        IParameterReferenceOperation parameter => Item is null || Item.Syntax.Span.Contains(parameter.Parameter.DeclaringSyntaxReferences[0].Span),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => Item is null,
        IInvocationOperation call => model.Catalogue.Of(call.TargetMethod) is not { Touch: Touch.Pure },
        IAwaitOperation or IAnonymousFunctionOperation => true,
        _ => false,
    };

    private static bool CallsItself(ProgramModel model, Frame frame)
    {
        var outermost = frame;
        while (outermost.Outer is { } outer) outermost = outer;
        return frame.Calls.Any(c => IsSelf(c) || model.SourceBodies.Of(c.TargetMethod)?.Frames.Any(f => f.Calls.Any(IsSelf)) == true);

        bool IsSelf(IInvocationOperation call) =>
            SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, frame.Method?.OriginalDefinition) || SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, outermost.Method?.OriginalDefinition);
    }

    private static (List<IOperation> Entries, List<IInvocationOperation> Others, string? Obstacle) Uses(ProgramModel model, IEnumerable<IOperation> uses, Func<IOperation, bool> isOwn)
    {
        var (entries, others) = (new List<IOperation>(), new List<IInvocationOperation>());
        foreach (var use in uses)
        {
            if (!isOwn(use)) return (entries.Count == 0 ? [use] : entries, others, "a lambda or local function shares it");
            var above = use.Above();
            if (above is IConditionalAccessOperation access) above = access.WhenNotNull;
            switch (above)
            {
                case ILockOperation:
                    entries.Add(above);
                    break;
                case IInvocationOperation call when ReferenceEquals(call.Instance?.Plain(), use) || call.Instance is IConditionalAccessInstanceOperation:
                    if (!Limiters.IsEntry(model, call))
                    {
                        others.Add(call);
                        break;
                    }

                    entries.Add(call);
                    if (model.Types.IsTaskLike(call.Type) && !IsAwaited(call)) return (entries, others, "what waits for it is not awaited on the spot");
                    break;
                case IPropertyReferenceOperation or IUsingOperation or IExpressionStatementOperation:
                    break;
                default:
                    return (entries.Count == 0 ? [use] : entries, others, "it is handed on");
            }
        }

        return (entries, others, null);
    }

    private static bool IsAwaited(IOperation task)
    {
        while (task.Above() is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" } wrapped) task = wrapped;
        return task.Above() is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "Wait" } or IPropertyReferenceOperation { Property.Name: "Result" };
    }

    private static IAnonymousFunctionOperation? ItemOf(Frame frame) =>
        frame.Function is IAnonymousFunctionOperation { Symbol.Parameters.Length: > 0 } lambda && AppModel.HandedTo(lambda) is { } call && FanOutCalls.Contains(call.TargetMethod.Name) ? lambda : null;

    /// <summary>References to a private field, all of which stand in its type; null where one is in code that can't be bound here.</summary>
    private static List<IOperation>? UsesOf(ProgramModel model, IFieldSymbol field)
    {
        var uses = new List<IOperation>();
        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in reference.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText != field.Name || !SymbolEqualityComparer.Default.Equals(model.SourceBodies.MeaningOf(name)?.OriginalDefinition, field.OriginalDefinition)) continue;
                var found = model.SourceBodies.Around(name)?.Frames.Where(f => f.Outer is null).SelectMany(f => f.Root.DescendantsAndSelf()).FirstOrDefault(o => o is IFieldReferenceOperation && o.Syntax.Span.Contains(name.Span) && o.Syntax.Span.End == name.Span.End);
                if (found is null) return null;
                uses.Add(found);
            }
        }

        return uses;
    }
}
