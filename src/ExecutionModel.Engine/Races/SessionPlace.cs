using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>Where a session per operation can be made: the local that all of them share was taken from a factory, so each can take its own the same way.</summary>
/// <param name="Declaration">The <c>using</c> declaration of the shared one.</param>
/// <param name="Body">The asynchronous lambda that each operation runs.</param>
/// <param name="IsOnlyUsedInside">Nothing else uses the shared one.</param>
public sealed record SessionPlace(SyntaxNode Declaration, SyntaxNode Body, bool IsOnlyUsedInside)
{
    /// <summary>Null where nothing shows how another one is made, or the lambda changes it and somebody outside looks at it.</summary>
    public static SessionPlace? Of(FlatBody body, SharedSession shared)
    {
        if (shared.Use is not { Service: null, Session: ILocalSymbol local } || shared.Body is not { Symbol.IsAsync: true, Body.Syntax: BlockSyntax } lambda) return null;
        if (body.Values.DeclarationOf(local) is not { Syntax: VariableDeclaratorSyntax { Initializer: not null, Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } statement } } || !statement.UsingKeyword.Text.Equals("using", StringComparison.Ordinal)) return null;
        if (body.Values.OnlyValueOf(local)?.Awaited() is not (IInvocationOperation or IObjectCreationOperation)) return null;
        var inside = body.Values.UsesOf(local).Count(u => u.IsInside(lambda));
        return new SessionPlace(statement, lambda.Syntax, inside == body.Values.UsesOf(local).Count);
    }
}
