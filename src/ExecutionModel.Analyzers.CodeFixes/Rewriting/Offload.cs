using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Writes <c>await Runner(() =&gt; work, token)</c> in place of work.</summary>
/// <param name="Runner"><c>CpuLane.Run</c> or <c>Task.Run</c>.</param>
/// <param name="Token">A cancellation token in scope; null for none.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record Offload(string Runner, string? Token, bool KeepsContext)
{
    /// <summary>The root with the call moved; operands in <paramref name="first"/> become locals before its statement.</summary>
    public SyntaxNode Call(SyntaxNode root, SemanticModel model, ExpressionSyntax work, IReadOnlyList<ExpressionSyntax> first)
    {
        if (first.Count == 0) return root.ReplaceNode(work, Awaited(work, work));
        var statement = work.FirstAncestorOrSelf<StatementSyntax>()!;
        var layout = Layout.At(statement);
        var names = new UniqueNames(model, statement.SpanStart, statement.Ancestors().First(a => a is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax));
        var locals = first.ToDictionary(o => o, o => names.Next(NameOf(o, model)));
        var replaced = work.ReplaceNodes(first, (operand, _) => SyntaxFactory.IdentifierName(locals[operand]).WithTriviaFrom(operand));
        var rest = statement.ReplaceNode(work, Awaited(work, replaced)).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent));
        var before = first.Select((operand, i) => Template.Statement($"{(i == 0 ? "" : layout.Indent)}{TypeOf(operand, model)} {locals[operand]} = OPERAND;{layout.EndOfLine}", ("OPERAND", operand.WithoutTrivia()))).ToList();
        before[0] = before[0].WithLeadingTrivia(statement.GetLeadingTrivia());
        if (statement.Parent is GlobalStatementSyntax global)
            return root.ReplaceNode(global, before.Append(rest).Select(s => global.WithStatement(s)));
        return root.ReplaceNode(statement, before.Append(rest));
    }

    /// <summary>The root with the statement moved into a lambda of its own.</summary>
    public SyntaxNode Statement(SyntaxNode root, StatementSyntax work)
    {
        var layout = Layout.At(work);
        var (line, indent) = (layout.EndOfLine, layout.Indent);
        var open = layout.BraceOnOwnLine ? line + indent : " ";
        var text = $"await {Runner}(() =>{open}{{{line}{indent}}}{Arguments}){Configured};{line}";
        var moved = (ExpressionStatementSyntax)Template.Statement(text);
        var block = moved.DescendantNodes().OfType<BlockSyntax>().First();
        var inner = Layout.Shift(work, indent, layout.Inner.Indent).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Inner.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(line));
        return root.ReplaceNode(work, moved.ReplaceNode(block, block.WithStatements([inner])).WithTriviaFrom(work));
    }

    private string Arguments => Token is null ? "" : ", " + Token;

    private string Configured => KeepsContext ? "" : ".ConfigureAwait(false)";

    private ExpressionSyntax Awaited(ExpressionSyntax place, ExpressionSyntax work) =>
        AwaitedExpression.InPlaceOf(place, $"{Runner}(() => WORK{Arguments})", KeepsContext, ("WORK", work.WithoutTrivia()));

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
