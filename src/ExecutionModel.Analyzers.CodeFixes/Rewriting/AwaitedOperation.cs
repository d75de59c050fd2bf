using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>An <c>await</c> taken apart into what starts the operation and how its end is awaited.</summary>
/// <param name="Await">The whole expression.</param>
/// <param name="Start">The operand without parentheses and <c>ConfigureAwait</c>.</param>
/// <param name="Result">Null for a plain <c>Task</c> or <c>ValueTask</c>.</param>
/// <param name="IsValueTask">A <c>ValueTask</c> is awaited once only: it becomes a task when it is started.</param>
/// <param name="ConfigureAwait">The arguments of <c>ConfigureAwait(true or false)</c>, null without it.</param>
internal sealed record AwaitedOperation(AwaitExpressionSyntax Await, ExpressionSyntax Start, ITypeSymbol? Result, bool IsValueTask, ArgumentListSyntax? ConfigureAwait)
{
    public bool KeepsContext => ConfigureAwait is null || ConfigureAwait.Arguments[0].Expression.IsKind(SyntaxKind.TrueLiteralExpression);

    /// <summary>Null for what isn't a task, for a task that runs already, and where the operation declares or writes variables.</summary>
    public static AwaitedOperation? Of(AwaitExpressionSyntax wait, SemanticModel model, KnownTypes types)
    {
        var start = Bare(wait.Expression);
        ArgumentListSyntax? configure = null;
        if (start is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } member, ArgumentList: { Arguments.Count: 1 } list }
            && types.IsTaskLike(model.GetTypeInfo(member.Expression).Type))
        {
            if (list.Arguments[0].Expression.Kind() is not (SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression)) return null;
            (start, configure) = (Bare(member.Expression), list);
        }

        if (start is IdentifierNameSyntax or ConditionalAccessExpressionSyntax or AwaitExpressionSyntax) return null;
        if (model.GetTypeInfo(start).Type is not INamedTypeSymbol type || !types.IsTaskLike(type)) return null;
        if (start.DescendantNodes(n => n is not AnonymousFunctionExpressionSyntax).Any(DeclaresOrWrites)) return null;
        return new AwaitedOperation(wait, start, type.TypeArguments.FirstOrDefault(), types.IsValueTask(type), configure);
    }

    /// <summary><c>WhenAll</c> of these returns a <c>Task&lt;T[]&gt;</c>: all have a result and the types agree.</summary>
    public static bool JoinHasResult(IReadOnlyList<AwaitedOperation> operations, Compilation compilation) =>
        operations.All(o => o.Result is not null && compilation.ClassifyCommonConversion(o.Result, operations[0].Result!).IsIdentity);

    /// <summary><c>Start(x)</c>, <c>Start(x).AsTask()</c>.</summary>
    public ExpressionSyntax AsTask()
    {
        var bare = Start.WithoutTrivia();
        if (!IsValueTask) return bare;
        var receiver = bare is InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax ? bare : SyntaxFactory.ParenthesizedExpression(bare);
        return SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName("AsTask")));
    }

    /// <summary>The <c>await</c> as it was, of the started task.</summary>
    public AwaitExpressionSyntax Of(string task, AwaitExpressionSyntax current)
    {
        ExpressionSyntax operand = SyntaxFactory.IdentifierName(task);
        if (ConfigureAwait is not null)
        {
            var member = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, operand, SyntaxFactory.IdentifierName("ConfigureAwait"));
            operand = SyntaxFactory.InvocationExpression(member, ConfigureAwait.WithoutTrivia());
        }

        return current.WithExpression(operand.WithTriviaFrom(current.Expression));
    }

    /// <summary>A name for the task: <c>user = await …</c> and <c>await GetUserAsync()</c> give <c>userTask</c>.</summary>
    public string TaskName()
    {
        var name = Target()?.TrimStart('_');
        if (name is null or "") name = Method()?.TrimStart('_');
        return name is null or "" ? "task" : char.ToLowerInvariant(name[0]) + name.Substring(1) + "Task";
    }

    private string? Target()
    {
        ExpressionSyntax value = Await;
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax) value = (ExpressionSyntax)value.Parent;
        return value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax left } => left.Name.Identifier.ValueText,
            ArgumentSyntax { NameColon: { } name } => name.Name.Identifier.ValueText,
            _ => null,
        };
    }

    private string? Method()
    {
        var called = Start as InvocationExpressionSyntax ?? Start.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        var name = called?.Expression switch
        {
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => null,
        };
        if (name is null) return null;
        if (name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal)) name = name.Substring(0, name.Length - 5);
        return name.Length > 3 && name.StartsWith("Get", StringComparison.Ordinal) && char.IsUpper(name[3]) ? name.Substring(3) : name;
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax inner) expression = inner.Expression;
        return expression;
    }

    private static bool DeclaresOrWrites(SyntaxNode node) => node switch
    {
        SingleVariableDesignationSyntax => true,
        ArgumentSyntax argument => argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword,
        _ => false,
    };
}
