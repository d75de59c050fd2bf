using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>Looks at a value without what only wraps it.</summary>
internal static class Values
{
    /// <summary>The value below conversions, parentheses, query syntax, <c>await</c>, <c>ConfigureAwait</c>, <c>AsTask</c>, the <c>WaitAsync</c> of a task.</summary>
    public static IOperation Awaited(this IOperation value)
    {
        while (true)
        {
            switch (value.Plain())
            {
                case IAwaitOperation wait:
                    value = wait.Operation;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "AsTask" } or { Name: "WaitAsync", ContainingType.Name: "Task" }, Instance: { } task }:
                    value = task;
                    break;
                case var plain:
                    return plain;
            }
        }
    }

    /// <summary>The value below conversions, parentheses and query syntax.</summary>
    public static IOperation Plain(this IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                case ITranslatedQueryOperation query:
                    value = query.Operation;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>The object or sequence that a call works on: its instance, or the <c>this</c> argument of an extension method.</summary>
    public static IOperation? Subject(this IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? InParameterOrder(call, 0) : null);

    /// <summary>The argument for the parameter at <paramref name="ordinal"/>, wherever the call names it.</summary>
    public static IOperation? InParameterOrder(this IInvocationOperation call, int ordinal)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal) return argument.Value;
        }

        return null;
    }

    public static int? Constant(this IOperation value) => value.ConstantValue is { HasValue: true, Value: int n } ? n : null;

    /// <summary>The nearest operation above that is neither a conversion nor parentheses.</summary>
    public static IOperation? Above(this IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or ITranslatedQueryOperation) parent = parent.Parent;
        return parent;
    }

    /// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</summary>
    public static bool Ranks(this IBinaryOperation comparison) =>
        comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    public static bool IsInside(this IOperation operation, IOperation outer)
    {
        for (IOperation? o = operation; o is not null; o = o.Parent)
        {
            if (ReferenceEquals(o, outer)) return true;
        }

        return false;
    }

    /// <summary>The whole body that it stands in.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent) operation = parent;
        return operation;
    }

    /// <summary>The lambda or local function that holds it; null where the member itself does.</summary>
    public static IOperation? Function(this IOperation operation)
    {
        for (var o = operation.Parent; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return o;
        }

        return null;
    }

    /// <summary>A lambda or local function stands between the operation and <paramref name="outer"/>.</summary>
    public static bool IsInFunctionOf(this IOperation operation, IOperation? outer)
    {
        for (var o = operation.Parent; o is not null && !ReferenceEquals(o, outer); o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return false;
    }

    /// <summary>The symbol is declared in this piece of code.</summary>
    public static bool Declares(this IOperation code, ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == code.Syntax.SyntaxTree && code.Syntax.Span.Contains(r.Span));

    /// <summary><c>ConfigureAwait(false)</c>.</summary>
    public static bool DropsContext(this IOperation? call) =>
        call is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: false } }] };

    /// <summary>The lambda or method group that becomes a delegate or, for queries, an expression tree.</summary>
    public static IOperation? DelegateTarget(this IOperation value) => value.Plain() switch
    {
        IDelegateCreationOperation creation => creation.Target,
        IAnonymousFunctionOperation lambda => lambda,
        _ => null,
    };
}
