using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Keeps operands of a call in locals, so that they are evaluated where and when they were although the call runs elsewhere.</summary>
internal static class OperandLocals
{
    /// <param name="work">The call; it stands in a statement of a list.</param>
    /// <param name="written">What takes the place of the call, made from the call with the locals for its operands.</param>
    public static SyntaxNode Before(SyntaxNode root, SemanticModel model, ExpressionSyntax work, IReadOnlyList<ExpressionSyntax> first, Func<ExpressionSyntax, ExpressionSyntax> written)
    {
        var statement = work.FirstAncestorOrSelf<StatementSyntax>()!;
        var layout = Layout.At(statement);
        var names = new UniqueNames(model, statement.SpanStart, statement.Ancestors().First(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax));
        var locals = first.ToDictionary(o => o, o => names.Next(NameOf(o, model)));
        var replaced = work.ReplaceNodes(first, (operand, _) => SyntaxFactory.IdentifierName(locals[operand]).WithTriviaFrom(operand));
        var rest = statement.ReplaceNode(work, written(replaced)).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent));
        var before = first.Select((operand, i) => Template.Statement($"{(i == 0 ? "" : layout.Indent)}{TypeOf(operand, model)} {locals[operand]} = OPERAND;{layout.EndOfLine}", ("OPERAND", operand.WithoutTrivia()))).ToList();
        before[0] = before[0].WithLeadingTrivia(statement.GetLeadingTrivia());
        if (statement.Parent is GlobalStatementSyntax global)
            return root.ReplaceNode(global, before.Append(rest).Select(s => global.WithStatement(s)));
        return root.ReplaceNode(statement, before.Append(rest));
    }

    /// <summary><c>[1, 2]</c> and <c>new()</c> get their type from the parameter.</summary>
    private static string TypeOf(ExpressionSyntax operand, SemanticModel model) =>
        model.GetTypeInfo(operand) is { Type: null, ConvertedType: { } type } ? type.ToMinimalDisplayString(model, operand.SpanStart) : "var";

    private static string NameOf(ExpressionSyntax operand, SemanticModel model)
    {
        var name = ParameterOf(operand, model) ?? operand switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "value",
        };
        name = name.TrimStart('_');
        name = name.Length == 0 ? "value" : char.ToLowerInvariant(name[0]) + name.Substring(1);
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : name + "Value";
    }

    private static string? ParameterOf(ExpressionSyntax operand, SemanticModel model)
    {
        if (operand.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument) return null;
        if (argument.NameColon is { } named) return named.Name.Identifier.ValueText;
        var parameters = (model.GetSymbolInfo(call).Symbol as IMethodSymbol)?.Parameters ?? [];
        var index = list.Arguments.IndexOf(argument);
        return index < parameters.Length && !parameters[index].IsParams ? parameters[index].Name : null;
    }
}
