using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>What becomes the body of the lambda when an operation is started on another thread.</summary>
public enum StartForm
{
    /// <summary>No plain edit moves it.</summary>
    None,

    /// <summary><c>F(x)</c></summary>
    Call,

    /// <summary>The value of <c>Task.FromResult(value)</c>.</summary>
    Value,

    /// <summary>All that a lambda does; it never awaits.</summary>
    Body,

    /// <summary>All that an async lambda does.</summary>
    AsyncBody,

    /// <summary><c>F</c></summary>
    MethodGroup,
}

/// <summary>The piece of a start that moves, and how.</summary>
public sealed record MovedStart(SyntaxNode Node, StartForm Form)
{
    /// <summary>It gives a value, or nothing, and no task: any scheduler can run it.</summary>
    public bool IsSynchronous => Form is StartForm.Value or StartForm.Body && !ReturnsTask;

    /// <summary>The method that runs; null where only the operation's own code does.</summary>
    public string? Method { get; private init; }

    private bool ReturnsTask { get; init; }

    public static MovedStart Of(IOperation start, ProgramModel model) => start switch
    {
        IInvocationOperation call => OfCall(call, model),
        IMethodReferenceOperation { Method: { Parameters.Length: 1 or 2 } method, Syntax: ExpressionSyntax group } when model.Types.IsTask(method.ReturnType) && method.Parameters.All(p => p.RefKind == RefKind.None && !p.IsParams) =>
            new MovedStart(group, StartForm.MethodGroup) { Method = method.Name },
        IAnonymousFunctionOperation lambda => OfLambda(lambda, model),
        _ => new MovedStart(start.Syntax, StartForm.None),
    };

    /// <summary>Nothing of its statement is evaluated before the call but a local: <c>tasks.Add(F(i));</c></summary>
    public static bool StandsAlone(IOperation start)
    {
        var statement = start.Parent;
        while (statement is IArgumentOperation or IConversionOperation or IVariableInitializerOperation or IVariableDeclaratorOperation or IVariableDeclarationOperation { Declarators.Length: 1 }
            or IInvocationOperation { Instance: ILocalReferenceOperation, TargetMethod.Name: "Add", Arguments.Length: 1 }) statement = statement.Parent;
        return statement is IExpressionStatementOperation or IVariableDeclarationGroupOperation { Declarations.Length: 1 } && statement.Syntax.Parent is BlockSyntax or GlobalStatementSyntax;
    }

    /// <summary>Why another moment or thread for the start could be seen around it: a catch for what it throws at once, the order in which operations end.</summary>
    public static string? SeenFromOutside(IOperation start, IInvocationOperation join)
    {
        if (join.TargetMethod.Name is "WhenAny" or "WaitAny") return "another operation could end first";
        for (var o = start.Parent; o is not null; o = o.Parent)
        {
            if (o is ITryOperation { Catches.IsEmpty: false } && !join.IsInside(o)) return "a catch around the start sees what it throws at once";
        }

        return null;
    }

    private static MovedStart OfCall(IInvocationOperation call, ProgramModel model)
    {
        if (!model.Types.IsTask(call.Type) || call.Syntax is not InvocationExpressionSyntax) return new MovedStart(call.Syntax, StartForm.None);
        var isValue = call.TargetMethod.Name == "FromResult" && call.Arguments is [{ Value: var value }] && !model.Types.IsTaskLike(value.Type);
        return isValue ? new MovedStart(call.Syntax, StartForm.Value) : new MovedStart(call.Syntax, StartForm.Call) { Method = call.TargetMethod.Name };
    }

    private static MovedStart OfLambda(IAnonymousFunctionOperation lambda, ProgramModel model)
    {
        var none = new MovedStart(lambda.Syntax, StartForm.None);
        var returned = Values(lambda.Body).ToList();
        if (!lambda.Symbol.IsAsync && lambda.Syntax is not LambdaExpressionSyntax { Block: not null })
            return returned is [IInvocationOperation call] ? OfCall(call, model) : none;
        if (lambda.Syntax is not LambdaExpressionSyntax || !model.Types.IsTask(lambda.Symbol.ReturnType)) return none;
        if (!lambda.Symbol.IsAsync) return new MovedStart(lambda.Syntax, StartForm.Body) { ReturnsTask = true };
        if (returned.Any(v => v.Type is null || model.Types.IsTaskLike(v.Type))) return none; // the lambda in the lambda would have another type
        return new MovedStart(lambda.Syntax, lambda.Body.Own().Any(OwnCode.IsAwait) ? StartForm.AsyncBody : StartForm.Body);
    }

    private static IEnumerable<IOperation> Values(IOperation body) => body.Own().OfType<IReturnOperation>().Where(r => r.ReturnedValue is not null).Select(r => r.ReturnedValue!.Plain());
}
