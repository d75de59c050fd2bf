using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Services;

/// <summary>The <c>IHttpClientFactory</c> that code in a frame may use.</summary>
public static class ClientFactory
{
    private const string Name = "System.Net.Http.IHttpClientFactory";

    /// <summary>A parameter, else a field or property of the type, else a parameter of its primary constructor; its name.</summary>
    public static string? Of(Frame frame, ProgramModel model)
    {
        if (model.Types.Find(Name) is not { } factory) return null;
        var isStatic = false;
        for (Frame? f = frame; f is not null; f = f.Outer)
        {
            if (f.Method?.Parameters.FirstOrDefault(p => Is(p.Type)) is { } parameter) return parameter.Name;
            isStatic |= f.Method?.IsStatic == true;
            if (isStatic && f.Function is not null) break;
        }

        if (frame.Method?.ContainingType is not { } type) return null;
        foreach (var member in type.GetMembers())
        {
            if (member.IsImplicitlyDeclared || isStatic && !member.IsStatic) continue;
            if (member is IFieldSymbol field && Is(field.Type) || member is IPropertySymbol { IsIndexer: false, GetMethod: not null } property && Is(property.Type)) return member.Name;
        }

        if (isStatic) return null;
        var primary = type.InstanceConstructors.FirstOrDefault(c => c.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax));
        return primary?.Parameters.FirstOrDefault(p => Is(p.Type))?.Name;

        bool Is(ITypeSymbol t) => SymbolEqualityComparer.Default.Equals(t, factory);
    }
}
