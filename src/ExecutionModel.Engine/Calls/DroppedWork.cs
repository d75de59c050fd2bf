using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>A call that awaits what another one drops.</summary>
public enum AwaitingForm
{
    None,

    /// <summary><c>Parallel.ForEachAsync</c> for <c>Parallel.ForEach</c>.</summary>
    ForEachAsync,

    /// <summary><c>Parallel.ForAsync</c> for <c>Parallel.For</c>.</summary>
    ForAsync,

    /// <summary><c>Task.WhenAll</c> of <c>Task.Run</c> for <c>Parallel.Invoke</c>.</summary>
    WhenAll,

    /// <summary>A <c>foreach</c> for <c>List.ForEach</c>: in turn.</summary>
    ForEach,
}

/// <summary>Async functions handed, as delegates without a task, to a call or constructor that drops what they do after their first await.</summary>
/// <param name="Api">The call or object creation.</param>
/// <param name="Functions">Lambdas and references to <c>async void</c> methods.</param>
/// <param name="IsGuarded">Whatever their awaits throw is caught in them or below.</param>
/// <param name="TellsItsEnd">Each of them sets what somebody can wait for.</param>
public sealed record DroppedWork(IOperation Api, IMethodSymbol Method, IReadOnlyList<IOperation> Functions, DelegateUse Use, bool IsGuarded, bool TellsItsEnd)
{
    public static IEnumerable<DroppedWork> In(ProgramModel model, FlatBody body, Frame frame)
    {
        foreach (var call in frame.Calls)
        {
            if (Of(model, body, call, call.TargetMethod, call.Arguments) is { } dropped) yield return dropped;
        }

        foreach (var creation in frame.Creations)
        {
            if (creation.Constructor is { } constructor && Of(model, body, creation, constructor, creation.Arguments) is { } dropped) yield return dropped;
        }
    }

    /// <summary>The call that would await them, as far as the types go.</summary>
    public AwaitingForm FormIn(KnownTypes types)
    {
        if (Api is not IInvocationOperation call || !Functions.All(f => f is IAnonymousFunctionOperation)) return AwaitingForm.None;
        var (name, type) = (Method.Name, Method.ContainingType.OriginalDefinition);
        var takesItem = Functions is [IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 }];
        if (name == "ForEach" && type.SpecialType == SpecialType.System_Array) return takesItem ? AwaitingForm.ForEach : AwaitingForm.None;
        if (name == "ForEach" && type is { Name: "List" or "ImmutableList", ContainingNamespace.Name: "Generic" or "Immutable" }) return takesItem ? AwaitingForm.ForEach : AwaitingForm.None;
        if (!SymbolEqualityComparer.Default.Equals(type, types.Parallel)) return AwaitingForm.None;
        var hasOptions = Method.Parameters.Any(p => p.Type.Name == "ParallelOptions");
        return name switch
        {
            "ForEach" when takesItem && types.HasForEachAsync && Method.Parameters.Length == (hasOptions ? 3 : 2) && Method.Parameters[0].Type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T => AwaitingForm.ForEachAsync,
            "For" when takesItem && types.HasForAsync && Method.Parameters.Length == (hasOptions ? 4 : 3) => AwaitingForm.ForAsync,
            "Invoke" when !hasOptions && call.Arguments is [{ ArgumentKind: ArgumentKind.ParamArray }] => AwaitingForm.WhenAll,
            _ => AwaitingForm.None,
        };
    }

    private static DroppedWork? Of(ProgramModel model, FlatBody body, IOperation api, IMethodSymbol method, IReadOnlyList<IArgumentOperation> arguments)
    {
        List<IOperation>? functions = null;
        IParameterSymbol? parameter = null;
        foreach (var argument in arguments)
        {
            foreach (var function in Given(argument.Value))
            {
                if (!IsAsyncVoid(function)) continue;
                (functions ??= []).Add(function);
                parameter = argument.Parameter;
            }
        }

        if (functions is null || parameter is null) return null;
        var use = DelegateUse.Of(model, method, parameter);
        if (use.Drops == Drops.Unstated) return new DroppedWork(api, method, functions, use, IsGuarded: false, TellsItsEnd: false); // no finding: what the functions do would be bound for nobody
        var frames = functions.Select(f => FrameOf(model, body, f)).ToList();
        if (!frames.Any(f => f is null || Waits(model, f))) return null;
        return new DroppedWork(api, method, functions, use, frames.All(f => f is not null && !FaultEscape.From(model, f)), frames.All(f => f?.Calls.Any(IsSignal) == true));
    }

    private static bool IsSignal(IInvocationOperation call) => call.TargetMethod is
    { Name: "SetResult" or "TrySetResult", ContainingType.Name: "TaskCompletionSource" } or { Name: "Signal", ContainingType.Name: "CountdownEvent" } or { Name: "Set", ContainingType.Name: "EventWaitHandle" or "ManualResetEventSlim" };

    /// <summary>The function that an argument is, or those of a <c>params</c> array.</summary>
    private static IEnumerable<IOperation> Given(IOperation value)
    {
        if (value.DelegateTarget() is { } target) return [target];
        return value is IArrayCreationOperation { Initializer: { } items } ? items.ElementValues.Select(v => v.DelegateTarget()).OfType<IOperation>() : [];
    }

    private static bool IsAsyncVoid(IOperation function) => function is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } or IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } };

    private static Frame? FrameOf(ProgramModel model, FlatBody body, IOperation function) =>
        function is IMethodReferenceOperation { Method: var method } ? model.SourceBodies.Of(method)?.Frames[0] : body.FrameOf(function);

    /// <summary>Not every <c>async</c> function awaits something; <c>await foreach</c> and <c>await using</c> count.</summary>
    private static bool Waits(ProgramModel model, Frame frame) => frame.Awaits.Count > 0 || model.Signals.Has(frame.Root.Syntax.SyntaxTree, frame.Root.Syntax.Span, Signal.Await);
}
