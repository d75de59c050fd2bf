using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Context;

/// <summary>The pieces of a member that run: its body, or what initializes a field; before a constructor's body, what it hands to another constructor. Attributes and default values are constants.</summary>
public sealed class MemberParts
{
    private MemberParts(SyntaxNode body, SyntaxNode? before = null) => (Body, Before) = (body, before);

    public SyntaxNode Body { get; }

    /// <summary><c>: base(…)</c></summary>
    public SyntaxNode? Before { get; }

    /// <summary>Null where nothing runs.</summary>
    public static MemberParts? Of(SyntaxNode declaration, ISymbol member) => declaration switch
    {
        ConstructorDeclarationSyntax { Initializer: { } before } constructor when BodyOf(constructor) is { } body => new(body, before),
        BaseMethodDeclarationSyntax method when BodyOf(method) is { } body => new(body),
        AccessorDeclarationSyntax accessor when ((SyntaxNode?)accessor.Body ?? accessor.ExpressionBody) is { } body => new(body),
        ArrowExpressionClauseSyntax arrow => new(arrow),
        BaseFieldDeclarationSyntax fields when fields.Declaration.Variables.FirstOrDefault(v => v.Identifier.ValueText == member.Name)?.Initializer is { } value => new(value),
        PropertyDeclarationSyntax { Initializer: { } value } => new(value),
        CompilationUnitSyntax program when program.Members.Any(m => m.IsKind(SyntaxKind.GlobalStatement)) => new(program),
        TypeDeclarationSyntax type when member is IMethodSymbol && type.BaseList?.Types.FirstOrDefault() is PrimaryConstructorBaseTypeSyntax arguments => new(arguments),
        _ => null,
    };

    private static SyntaxNode? BodyOf(BaseMethodDeclarationSyntax method) => (SyntaxNode?)method.Body ?? method.ExpressionBody;
}
