using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>A call in a loop, or in a lambda that runs once per item, whose task nobody keeps: <c>_ = SendAsync(x);</c>.</summary>
/// <param name="Call">Gives the task; what only decorates it (<c>ContinueWith</c>, <c>Forget</c>) is left out.</param>
/// <param name="Loop">The innermost loop around it; null where a lambda runs per item.</param>
/// <param name="Source">What <c>ForEach</c> steps through; null for loops.</param>
/// <param name="IsPlain">The call stands alone in its statement.</param>
/// <param name="IsConditional">Not every turn gets to it.</param>
public sealed record DroppedStart(IInvocationOperation Call, ILoopOperation? Loop, IOperation? Source, bool IsPlain, bool IsConditional)
{
    /// <summary>Words before which a loop's body, or the lambda of a <c>ForEach</c>, stands.</summary>
    private static readonly WordSet Repeats = [.. CallWords.Loops, CallWords.HashOf("ForEach")];

    private static readonly HashSet<string> Decorators = new(["ContinueWith", "ConfigureAwait", "AsTask", "Forget", "FireAndForget", "SafeFireAndForget", "NoWarning", "NoAwait", "RunAndForget", "FireAndForgetSafeAsync"], StringComparer.Ordinal);

    private static readonly HashSet<string> Starters = new(["Run", "StartNew", "RunAsync"], StringComparer.Ordinal);

    private static readonly WordSet Drops = new(Starters.Concat(Decorators));

    /// <summary>A cheap no: nothing that looks like a dropped task stands in a loop or lambda. Only statements around the words that could drop one are looked at.</summary>
    public static bool MayStandIn(ProgramModel model, SyntaxNode body)
    {
        var (tree, span) = (body.SyntaxTree, body.Span);
        var calls = model.Words.In(tree, span);
        if (!calls.HasAny(Repeats)) return false;
        foreach (var position in model.Signals.In(tree, span, Signal.AsyncCall).Concat(model.Signals.In(tree, span, Signal.Discard)))
        {
            if (IsDroppedAt(body, position)) return true;
        }

        for (var i = calls.From; i < calls.End; i++)
        {
            if (Drops.Contains(calls.NameAt(i)) && IsDroppedAt(body, calls.PositionOf(i))) return true;
        }

        return false;
    }

    /// <summary>Those directly in the frame.</summary>
    public static IEnumerable<DroppedStart> In(ProgramModel model, Frame frame)
    {
        var repeats = Repeat(frame);
        if (repeats is null && frame.Loops.Count == 0) yield break;
        foreach (var call in frame.Calls)
        {
            if (!IsDropped(call)) continue;
            var start = Started(call);
            if (start is null || !model.Types.IsTaskLike(start.Type) || start.TargetMethod.MethodKind == MethodKind.DelegateInvoke) continue;
            var loop = ListFill.LoopAround(start);
            if (loop is null && repeats is null) continue;
            if (EndsTurns(start, loop)) continue;
            yield return new DroppedStart(start, loop, loop is null ? repeats : null, ReferenceEquals(start, call) && call.Above() is not IConditionalAccessOperation, IsChosen(start, loop ?? frame.Root));
        }
    }

    /// <summary>The call runs until somebody stops it: what starts it starts a worker, not one operation of many.</summary>
    public bool IsWorker(ProgramModel model)
    {
        if (Call.Descendants().Any(IsEndless)) return true;
        foreach (var method in Call.DescendantsAndSelf().Select(o => (o as IInvocationOperation)?.TargetMethod ?? (o as IMethodReferenceOperation)?.Method))
        {
            if (method is not null && model.SourceBodies.Of(method) is { } body && body.Frames.Any(f => f.Loops.Any(IsEndless))) return true;
        }

        return false;
    }

    /// <summary>What it starts tells somebody that it is done: a countdown, a completion source, a gate.</summary>
    public bool Signals => Call.Descendants().Any(o => o is IInvocationOperation { TargetMethod: { Name: "Signal" or "SetResult" or "TrySetResult" or "TrySetException" or "Release" or "Set" or "Complete" or "TryComplete", ContainingNamespace.Name: "Threading" or "Tasks" or "Channels" } });

    /// <summary>Each gets a thread of its own: those run out before any connection does.</summary>
    public bool TakesThread => Call.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => o is IFieldReferenceOperation { Field: { Name: "LongRunning", ContainingType.Name: "TaskCreationOptions" } }));

    /// <summary>From the word up to its statement or lambda, through nothing but the call or assignment itself.</summary>
    private static bool IsDroppedAt(SyntaxNode body, int position)
    {
        for (var node = body.FindToken(position).Parent; node is not null && node != body; node = node.Parent)
        {
            switch (node)
            {
                case ExpressionStatementSyntax { Expression: var value } when LooksDropped(value):
                case LambdaExpressionSyntax { ExpressionBody: { } result } when LooksDropped(result):
                    return node.Ancestors().TakeWhile(a => a != body).Any(IsRepeated);
                case not (SimpleNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or InvocationExpressionSyntax or ConditionalAccessExpressionSyntax or AssignmentExpressionSyntax):
                    return false;
            }
        }

        return false;
    }

    private static bool LooksDropped(ExpressionSyntax value) => value switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } => true,
        ConditionalAccessExpressionSyntax access => LooksDropped(access.WhenNotNull),
        InvocationExpressionSyntax call => SimpleNames.Of(call.Expression) is { } name && (name.EndsWith("Async", StringComparison.Ordinal) || Starters.Contains(name) || Decorators.Contains(name)),
        _ => false,
    };

    private static bool IsRepeated(SyntaxNode node) => node switch
    {
        CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax => true,
        InvocationExpressionSyntax call => SimpleNames.Of(call.Expression) == "ForEach",
        _ => false,
    };

    /// <summary>The sequence for whose items the frame's lambda runs, its tasks of no interest to whoever runs it.</summary>
    private static IOperation? Repeat(Frame frame)
    {
        if (frame is not { Function: IAnonymousFunctionOperation { Symbol: { IsAsync: false, ReturnsVoid: true, Parameters.Length: > 0 } } lambda } || AppModel.HandedTo(lambda) is not { TargetMethod.Name: "ForEach" } call) return null;
        return call.Subject() ?? call.InParameterOrder(0);
    }

    private static bool IsDropped(IOperation call) => call.Above() switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => true,
        IConditionalAccessOperation access when ReferenceEquals(access.WhenNotNull, call) => IsDropped(access),
        _ => false,
    };

    private static IInvocationOperation? Started(IInvocationOperation call)
    {
        while (Decorators.Contains(call.TargetMethod.Name) && call.Subject()?.Plain() is { } task)
        {
            if (task is not IInvocationOperation inner) return null;
            call = inner;
        }

        return call;
    }

    /// <summary>Behind the call the loop is left: it runs once.</summary>
    private static bool EndsTurns(IOperation call, ILoopOperation? loop)
    {
        if (loop is null) return false;
        for (IOperation? o = call; o?.Parent is not null && !ReferenceEquals(o, loop); o = o.Parent)
        {
            if (o.Parent is IBlockOperation { Operations: [.., var last] } && !ReferenceEquals(last, o) && last.Leaves() && last is not IBranchOperation { BranchKind: BranchKind.Continue }) return true;
        }

        return false;
    }

    private static bool IsChosen(IOperation call, IOperation turn)
    {
        for (var o = call.Parent; o is not null && !ReferenceEquals(o, turn); o = o.Parent)
        {
            if (o is IConditionalOperation or ISwitchCaseOperation or ITryOperation { Catches.IsEmpty: true } or ICatchClauseOperation) return true;
            if (o is IBlockOperation block && block.Operations.TakeWhile(s => !call.IsInside(s)).Any(s => s is IConditionalOperation test && (test.WhenTrue.Leaves() || test.WhenFalse?.Leaves() == true))) return true;
        }

        return false;
    }

    private static bool IsEndless(IOperation operation) => operation switch
    {
        IForLoopOperation { Condition: null } => true,
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue is { HasValue: true, Value: true } || condition.DescendantsAndSelf().Any(o => o is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" } or IInvocationOperation { TargetMethod.Name: "WaitForNextTickAsync" or "WaitToReadAsync" }),
        IForEachLoopOperation { IsAsynchronous: true } => true,
        _ => false,
    };
}
