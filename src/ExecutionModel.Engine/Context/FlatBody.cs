using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>One activation: the member itself, a lambda or a local function, and what runs in it directly.</summary>
public sealed class Frame
{
    private IReadOnlyList<Opener>? openers;

    internal Frame(IOperation root, IMethodSymbol? method, Frame? outer)
    {
        Root = root;
        Method = method;
        Outer = outer;
    }

    /// <summary>The body: a block, an expression of an initializer, or the body of <see cref="Function"/>.</summary>
    public IOperation Root { get; }

    /// <summary>The method, lambda or local function; null for initializers.</summary>
    public IMethodSymbol? Method { get; }

    public Frame? Outer { get; }

    /// <summary>The lambda or local function; null for the member itself.</summary>
    public IOperation? Function { get; internal init; }

    public bool IsAsync => Method?.IsAsync == true;

    /// <summary>In source order; nested lambdas and local functions are frames of their own.</summary>
    public List<IAwaitOperation> Awaits { get; } = [];

    public List<IInvocationOperation> Calls { get; } = [];
    public List<IObjectCreationOperation> Creations { get; } = [];
    public List<ILoopOperation> Loops { get; } = [];

    /// <summary>Handlers of events that are added or taken away.</summary>
    public List<IEventAssignmentOperation> Handlers { get; } = [];

    /// <summary>Reads of a property <c>Result</c>: on a task they are calls that wait.</summary>
    public List<IPropertyReferenceOperation> Results { get; } = [];

    /// <summary>What opens a lock, a lease or a transaction; asked for each candidate, found once.</summary>
    internal IReadOnlyList<Opener> Openers(Catalogue catalogue) => openers ?? Interlocked.CompareExchange(ref openers, Regions.OpenersIn(this, catalogue), null) ?? openers;
}

/// <summary>One member's body, walked once. All rules read the same one.</summary>
public sealed class FlatBody
{
    private ValueScope? values;

    private FlatBody(ISymbol member, List<Frame> frames)
    {
        Member = member;
        Frames = frames;
    }

    public ISymbol Member { get; }

    /// <summary>Outer before inner; the first ones are the member's own blocks.</summary>
    public IReadOnlyList<Frame> Frames { get; }

    /// <summary>What its locals and parameters hold; found out by whoever asks first.</summary>
    public ValueScope Values => values ?? Interlocked.CompareExchange(ref values, ValueScope.Of(this), null) ?? values;

    /// <summary>The activation of a lambda or local function; null where it is none of this body.</summary>
    public Frame? FrameOf(IOperation function) => Frames.FirstOrDefault(f => ReferenceEquals(f.Function, function));

    public static FlatBody Of(ISymbol member, IEnumerable<IOperation> blocks)
    {
        var frames = new List<Frame>();
        foreach (var block in blocks)
        {
            var frame = new Frame(block, member as IMethodSymbol, null);
            frames.Add(frame);
            Walk(block, frame, frames);
        }

        return new FlatBody(member, frames);
    }

    private static void Walk(IOperation operation, Frame frame, List<Frame> frames)
    {
        foreach (var child in operation.ChildOperations)
        {
            switch (child)
            {
                case IAnonymousFunctionOperation lambda:
                    Enter(lambda, lambda.Body, lambda.Symbol);
                    continue;
                case ILocalFunctionOperation local:
                    if (local.Body is { } body) Enter(local, body, local.Symbol);
                    continue;
                case IAwaitOperation wait:
                    frame.Awaits.Add(wait);
                    break;
                case IInvocationOperation call:
                    frame.Calls.Add(call);
                    break;
                case IObjectCreationOperation creation:
                    frame.Creations.Add(creation);
                    break;
                case ILoopOperation loop:
                    frame.Loops.Add(loop);
                    break;
                case IEventAssignmentOperation handler:
                    frame.Handlers.Add(handler);
                    break;
                case IPropertyReferenceOperation { Property.Name: "Result" } result:
                    frame.Results.Add(result);
                    break;
            }

            Walk(child, frame, frames);
        }

        void Enter(IOperation function, IOperation body, IMethodSymbol symbol)
        {
            var inner = new Frame(body, symbol, frame) { Function = function };
            frames.Add(inner);
            Walk(body, inner, frames);
        }
    }
}
