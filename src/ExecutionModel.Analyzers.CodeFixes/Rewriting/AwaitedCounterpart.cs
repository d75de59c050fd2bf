using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Writes <c>await file.ReadAsync(buffer, token)</c> in place of <c>file.Read(buffer)</c>, as the code around it awaits.</summary>
/// <param name="Name">The awaited method, for the title.</param>
internal sealed record AwaitedCounterpart(string Name, SyntaxNode Root)
{
    /// <summary>The rule's properties say which counterpart it bound, and with which token.</summary>
    public static AwaitedCounterpart? Of(FixTarget target)
    {
        if (target.Property("name") is not { } name || target.Node is not InvocationExpressionSyntax call) return null;
        var simple = name.Substring(name.LastIndexOf('.') + 1);
        if (Of(target.Model, call.SpanStart, call, name, target.Property("token")) is not { } counterpart) return null;
        var keepsContext = AwaitStyle.KeepsContext(call);
        var awaited = AwaitedExpression.InPlaceOf(call, "CALL", keepsContext, ("CALL", counterpart.WithoutTrivia()));
        var owner = target.Property("dispose") == "async" && keepsContext ? call.FirstAncestorOrSelf<StatementSyntax>() : null;
        return new AwaitedCounterpart(simple, owner is null ? target.Root.ReplaceNode(call, awaited) : target.Root.ReplaceNode(owner, AwaitUsing(owner.ReplaceNode(call, awaited))));
    }

    /// <summary><c>using</c> becomes <c>await using</c>. Configured, it would need a variable of another type: there it stays.</summary>
    private static StatementSyntax AwaitUsing(StatementSyntax statement)
    {
        var wait = SyntaxFactory.Token(statement.GetLeadingTrivia(), SyntaxKind.AwaitKeyword, [SyntaxFactory.Space]);
        return statement switch
        {
            LocalDeclarationStatementSyntax local when local.AwaitKeyword.IsKind(SyntaxKind.None) => local.WithUsingKeyword(local.UsingKeyword.WithLeadingTrivia()).WithAwaitKeyword(wait),
            UsingStatementSyntax block when block.AwaitKeyword.IsKind(SyntaxKind.None) => block.WithUsingKeyword(block.UsingKeyword.WithLeadingTrivia()).WithAwaitKeyword(wait),
            _ => statement,
        };
    }

    /// <summary>The counterpart without the await.</summary>
    public static InvocationExpressionSyntax? Of(SemanticModel model, int position, InvocationExpressionSyntax call, string name, string? token)
    {
        if (Callee(call, position, name, name.Substring(name.LastIndexOf('.') + 1), model) is not { } callee) return null;
        return call.WithExpression(callee).WithArgumentList(token is null ? call.ArgumentList : WithLast(call.ArgumentList, token));
    }

    private static ExpressionSyntax? Callee(InvocationExpressionSyntax call, int position, string name, string simple, SemanticModel model)
    {
        if (name != simple)
        {
            var type = TypeSpelling.At(model, position, name.Substring(0, name.Length - simple.Length - 1));
            return SyntaxFactory.ParseExpression($"{type}.{simple}").WithTriviaFrom(call.Expression);
        }

        return call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.WithName(Renamed(access.Name, simple)),
            SimpleNameSyntax own => Renamed(own, simple),
            _ => null,
        };
    }

    private static SimpleNameSyntax Renamed(SimpleNameSyntax old, string name) =>
        old.ReplaceToken(old.Identifier, SyntaxFactory.Identifier(name).WithTriviaFrom(old.Identifier));

    /// <summary>One more argument, on a line of its own where the others have one.</summary>
    private static ArgumentListSyntax WithLast(ArgumentListSyntax list, string text)
    {
        var added = SyntaxFactory.ParseArgumentList($"({text})").Arguments[0];
        if (list.Arguments.Count == 0) return list.AddArguments(added);
        var last = list.Arguments[list.Arguments.Count - 1];
        var before = last.GetFirstToken().GetPreviousToken();
        var ownLine = before.TrailingTrivia.Any(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(ownLine ? before.TrailingTrivia.Where(t => t.IsKind(SyntaxKind.EndOfLineTrivia)) : [SyntaxFactory.Space]);
        if (ownLine) added = added.WithLeadingTrivia(last.GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        var nodes = list.Arguments.Replace(last, last.WithTrailingTrivia()).GetWithSeparators().AddRange([comma, added.WithTrailingTrivia(last.GetTrailingTrivia())]);
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(nodes));
    }
}
