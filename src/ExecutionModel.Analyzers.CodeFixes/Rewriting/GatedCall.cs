using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A call that a loop starts, moved into a local async function that runs it inside a gate. What varies from turn to turn becomes an argument, so it is
/// evaluated when and where it was before.
/// </summary>
/// <param name="Call">Stands in the loop instead.</param>
/// <param name="Function">Stands before the loop, with its line end.</param>
internal sealed record GatedCall(ExpressionSyntax Call, StatementSyntax Function)
{
    /// <summary>Null where the call has a form that isn't rewritten: a chain of calls, <c>ref</c> arguments, types without a name.</summary>
    public static GatedCall? Of(InvocationExpressionSyntax call, StatementSyntax loop, SemanticModel model, SemaphoreGate gate, UniqueNames names, Layout layout)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || model.AnalyzeDataFlow(loop) is not { Succeeded: true } flow) return null;
        var varying = new HashSet<ISymbol>(flow.WrittenInside.Concat(flow.VariablesDeclared), SymbolEqualityComparer.Default);
        var parameters = new List<(string Declaration, ExpressionSyntax Argument)>();
        var position = loop.SpanStart;

        var target = call.Expression;
        if (target is MemberAccessExpressionSyntax { Expression: var receiver } access && model.GetSymbolInfo(receiver).Symbol is not (INamespaceOrTypeSymbol or null) && Varies(receiver))
        {
            if (receiver is InvocationExpressionSyntax || Parameter(model.GetTypeInfo(receiver).Type, "item", receiver) is not { } name) return null;
            target = access.WithExpression(SyntaxFactory.IdentifierName(name).WithTriviaFrom(receiver));
        }
        else if (target is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax } or MemberBindingExpressionSyntax)
        {
            return null;
        }

        var passed = call.ArgumentList.Arguments;
        var arguments = passed.ToList();
        if (passed.Count > method.Parameters.Length) return null; // expanded params
        for (var i = 0; i < passed.Count; i++)
        {
            var argument = passed[i];
            if (!argument.RefKindKeyword.IsKind(SyntaxKind.None)) return null;
            if (!Varies(argument.Expression)) continue;
            var wanted = argument.NameColon is { } named ? method.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText) : method.Parameters[i];
            if (wanted is null or { IsParams: true } || Parameter(wanted.Type, wanted.Name, argument.Expression) is not { } name) return null;
            arguments[i] = argument.WithExpression(SyntaxFactory.IdentifierName(name).WithTriviaFrom(argument.Expression));
        }

        var work = call.WithExpression(target).WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments, passed.GetSeparators()))).WithoutTrivia();
        var returns = method.ReturnType is INamedTypeSymbol { IsGenericType: true };
        var function = names.Next((method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - 5) : method.Name) + "InGateAsync");
        if (Spelled(method.ReturnType) is not { } type) return null;
        var body = gate.Around(new GatedSelector(gate, returns).Awaited(work), returns, Layout.At(call).Indent, layout);
        var declared = (LocalFunctionStatementSyntax)Template.Statement($"{layout.Indent}async {type} {function}({string.Join(", ", parameters.Select(p => p.Declaration))}){layout.BeforeBrace}{{ }}");
        declared = declared.WithBody(body.WithLeadingTrivia(declared.Body!.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.EndOfLine)));
        var inLoop = SyntaxFactory.InvocationExpression(SyntaxFactory.IdentifierName(function), SyntaxFactory.ParseArgumentList("()").WithArguments(Template.Arguments(parameters.Select(p => p.Argument)))).WithTriviaFrom(call);
        return new GatedCall(inLoop, declared);

        // Variables of the turn, and whatever computes: it shall be computed in its turn.
        bool Varies(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().Any(n => n switch
        {
            InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or AnonymousFunctionExpressionSyntax => true,
            IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol is { } symbol && (varying.Contains(symbol) || symbol is IPropertySymbol || symbol is IFieldSymbol { IsReadOnly: false, IsConst: false }),
            _ => false,
        });

        string? Parameter(ITypeSymbol? type, string wanted, ExpressionSyntax argument)
        {
            if (Spelled(type) is not { } spelled) return null;
            var name = names.Next(wanted);
            parameters.Add(($"{spelled} {name}", argument.WithoutTrivia()));
            return name;
        }

        string? Spelled(ITypeSymbol? type) => type is null or IErrorTypeSymbol || IsNameless(type) ? null : TypeSpelling.At(model, position, type);
    }

    private static bool IsNameless(ITypeSymbol type) => type.IsAnonymousType || type.IsRefLikeType || type switch
    {
        IArrayTypeSymbol array => IsNameless(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsNameless),
        _ => type is IPointerTypeSymbol or IFunctionPointerTypeSymbol or IDynamicTypeSymbol,
    };
}
