using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Functions that a timer runs on a thread of the pool, and who meets them there: methods of the same object that others call meanwhile. Timers of a window run
/// on its own thread and are none of these.
/// </summary>
public static class TimedRuns
{
    /// <summary>Words that make one. Behind a lone <c>new</c>, and where one that is there already gets a handler, its type stands elsewhere in the file.</summary>
    private static readonly WordSet Makers = new(["Timer", "CreateTimer"]);

    /// <summary>They run before the timer does, or when it has stopped.</summary>
    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal) { "Dispose", "DisposeAsync", "DisposeAsyncCore", "Finalize", "Stop", "StopAsync", "Close", "CloseAsync", "Start", "StartAsync", "Initialize", "InitializeAsync" };

    /// <summary>A cheap no, from text.</summary>
    public static bool MayStandIn(ProgramModel model, SyntaxNode body)
    {
        var words = model.Words.In(body.SyntaxTree, body.Span);
        return words.HasAny(Makers) || model.Words.Mentions(body.SyntaxTree, CatalogueIndex.Timer) && (words.HasAny(CallWords.Creations) || model.Words.Mentions(body.SyntaxTree, CatalogueIndex.Elapsed));
    }

    public static IEnumerable<ConcurrentBody> In(ProgramModel model, FlatBody body)
    {
        foreach (var frame in body.Frames)
        {
            foreach (var (api, callback) in Callbacks(model, frame))
            {
                var run = callback?.DelegateTarget() switch
                {
                    IAnonymousFunctionOperation lambda => body.FrameOf(lambda),
                    IMethodReferenceOperation { Method: var method, Instance: var owner } when SharedPlaces.IsOfThisObject(method, owner) => model.SourceBodies.Of(method)?.Frames[0],
                    _ => null,
                };
                if (run is not null) yield return new ConcurrentBody(run, api, Overlap.Threads, Repeats: false, frame, run.Root, Confidence.Likely) { Started = run.Function is null ? callback : null };
            }
        }
    }

    /// <summary>A method that anybody may call while the timer ticks, and that changes the same field without a lock; null where there is none.</summary>
    /// <param name="change">What the timer does to the field. A method that the timer itself runs may be there for nobody else.</param>
    /// <param name="placeOf">What an operation changes; null where it changes nothing.</param>
    internal static IMethodSymbol? RivalOf(ProgramModel model, ISymbol place, ISymbol creator, IOperation change, Func<IOperation, IOperation?> placeOf)
    {
        if (place is not (IFieldSymbol or IPropertySymbol) || !SymbolEqualityComparer.Default.Equals(place.ContainingType, creator.ContainingType?.OriginalDefinition)) return null;
        foreach (var method in place.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            if (!IsCalledByOthers(method) || SymbolEqualityComparer.Default.Equals(method, creator) || method.DeclaringSyntaxReferences is not [var declaration]) continue;
            if (declaration.SyntaxTree == change.Syntax.SyntaxTree && declaration.Span.Contains(change.Syntax.Span)) continue;
            if (Mentions(declaration.GetSyntax(), place) && model.SourceBodies.Of(method) is { } other && Changes(model, place, other, placeOf)) return method;
        }

        return null;
    }

    private static IEnumerable<(IOperation Api, IOperation? Callback)> Callbacks(ProgramModel model, Frame frame)
    {
        foreach (var creation in frame.Creations)
        {
            if (SymbolEqualityComparer.Default.Equals(creation.Type, model.Types.ThreadingTimer)) yield return (creation, creation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value);
        }

        foreach (var call in frame.Calls)
        {
            if (call.TargetMethod is { Name: "CreateTimer" } method && SymbolEqualityComparer.Default.Equals(method.ContainingType, model.Types.TimeProvider)) yield return (call, call.InParameterOrder(0));
        }

        foreach (var added in frame.Handlers)
        {
            if (added is { Adds: true, EventReference: IEventReferenceOperation { Event.ContainingType: var type } } && SymbolEqualityComparer.Default.Equals(type, model.Types.EventTimer) && !KeepsWindow(frame)) yield return (added, added.HandlerValue);
        }
    }

    /// <summary>With a <c>SynchronizingObject</c> the handler runs on the thread of a window.</summary>
    private static bool KeepsWindow(Frame frame) => frame.Root.Syntax.DescendantTokens().Any(t => t.ValueText == "SynchronizingObject");

    private static bool IsCalledByOthers(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.ExplicitInterfaceImplementation
        && (method.DeclaredAccessibility != Accessibility.Private || method.MethodKind == MethodKind.ExplicitInterfaceImplementation)
        && !Outside.Contains(method.Name.Substring(method.Name.LastIndexOf('.') + 1));

    private static bool Mentions(SyntaxNode declaration, ISymbol place) => declaration.DescendantTokens().Any(t => t.ValueText == place.Name);

    private static bool Changes(ProgramModel model, ISymbol place, FlatBody other, Func<IOperation, IOperation?> placeOf)
    {
        var guards = new Guards(model);
        return other.Frames.Any(f => f.Root.Own().Any(o => placeOf(o) is { } changed && SymbolEqualityComparer.Default.Equals(SharedPlaces.Of(changed, _ => true), place) && !guards.Hold(f, o)));
    }
}
