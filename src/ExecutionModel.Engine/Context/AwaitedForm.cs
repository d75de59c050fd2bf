using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>What to write instead of a wait that holds its thread.</summary>
public enum AwaitedKind
{
    /// <summary>Nothing means the same.</summary>
    None,
    Task,

    /// <summary><c>task.Wait(token)</c> as <c>await task.WaitAsync(token)</c>.</summary>
    WaitAsync,
    WhenAll,
    WhenAny,
}

/// <summary>The awaited form of a wait: bound in its place before anybody is told to write it.</summary>
/// <param name="Kind">The form.</param>
/// <param name="Obstacle">Why there is none.</param>
public sealed record AwaitedForm(AwaitedKind Kind, string? Obstacle)
{
    public static AwaitedForm Of(TaskWait wait, Frame frame, AwaitPlace place)
    {
        if (ObstacleTo(wait, frame) is { } obstacle) return new(AwaitedKind.None, obstacle);
        var kind = wait.Kind switch
        {
            TaskWaitKind.WaitAll => AwaitedKind.WhenAll,
            TaskWaitKind.WaitAny => AwaitedKind.WhenAny,
            _ => wait.Token is null ? AwaitedKind.Task : AwaitedKind.WaitAsync,
        };
        return !place.CanAwait || Binds(wait, kind) ? new(kind, null) : new(AwaitedKind.None, "the awaited form does not compile here");
    }

    /// <summary>What is awaited in place of the wait; null where the text has another shape than expected.</summary>
    public static ExpressionSyntax? Operand(ExpressionSyntax wait, AwaitedKind kind)
    {
        switch (kind, wait)
        {
            case (AwaitedKind.Task, MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task }):
                return task;
            case (AwaitedKind.Task, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task } }):
                return task;
            case (AwaitedKind.Task, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: var task } } } }):
                return task;
            case (AwaitedKind.WaitAsync, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call):
                return call.WithExpression(member.WithName(SyntaxFactory.IdentifierName("WaitAsync")));
            case (AwaitedKind.WhenAll or AwaitedKind.WhenAny, InvocationExpressionSyntax { Expression: IdentifierNameSyntax } call): // using static
                return call.WithExpression(SyntaxFactory.IdentifierName(kind.ToString()));
            case (AwaitedKind.WhenAll or AwaitedKind.WhenAny, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call):
                return call.WithExpression(member.WithName(SyntaxFactory.IdentifierName(kind.ToString())));
            default:
                return null;
        }
    }

    private static string? ObstacleTo(TaskWait wait, Frame frame)
    {
        if (wait.HasTimeout) return "its timeout gives up by its result";
        if (wait.Operation.Syntax is not ExpressionSyntax syntax || ConditionalAccess.IsBehind(syntax)) return "the task may be null here";
        if (wait.Kind is TaskWaitKind.WaitAll or TaskWaitKind.WaitAny && wait.Token is not null) return "its token has no counterpart";
        if (wait.Kind == TaskWaitKind.WaitAny && wait.Operation.Parent is not IExpressionStatementOperation) return "the index of the winner is used";
        if (wait.Wraps && Regions.SeesWrappedFaults(frame, wait.Operation)) return "a 'catch' around it expects an AggregateException";
        if (ReadsBefore(wait.Operation)) return "the old value would be read before the await";
        return wait.Task is { } task && AskedTwice(task, frame) ? "a ValueTask must not be asked twice" : null;
    }

    /// <summary><c>total += task.Result</c>: others may change the field while the method waits.</summary>
    internal static bool ReadsBefore(IOperation operation)
    {
        for (var o = operation.Parent; o is not null and not IBlockOperation; o = o.Parent)
        {
            if (o is ICompoundAssignmentOperation { Target: not ILocalReferenceOperation }) return true;
        }

        return false;
    }

    private static bool AskedTwice(IOperation task, Frame frame) =>
        task.Type?.Name == "ValueTask" && TaskPath.Of(task) is { } path && frame.Awaits.Any(a => path.Is(TaskPath.Of(a.Operation.Awaited())));

    /// <summary>Compiles, and gives a value of the same type.</summary>
    private static bool Binds(TaskWait wait, AwaitedKind kind)
    {
        if (wait.Operation.SemanticModel is not { } model || Operand((ExpressionSyntax)wait.Operation.Syntax, kind) is not { } operand) return false;
        var position = wait.Operation.Syntax.SpanStart;
        if (kind != AwaitedKind.Task && model.GetSpeculativeSymbolInfo(position, operand, SpeculativeBindingOption.BindAsExpression).Symbol is not IMethodSymbol) return false;
        var awaited = model.GetSpeculativeTypeInfo(position, SyntaxFactory.ParenthesizedExpression(SyntaxFactory.AwaitExpression(operand.WithoutTrivia())), SpeculativeBindingOption.BindAsExpression).Type;
        if (awaited is null or IErrorTypeSymbol) return false;
        return wait.Operation.Parent is IExpressionStatementOperation || wait.Operation.Type?.SpecialType == SpecialType.System_Void || SymbolEqualityComparer.Default.Equals(awaited, wait.Operation.Type);
    }
}
