using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// What the compilation itself registers for a service: <c>AddScoped&lt;I, C&gt;()</c>, keyed or not, <c>AddHttpClient&lt;I, C&gt;()</c>,
/// <c>AddSingleton(typeof(I&lt;&gt;), typeof(C&lt;&gt;))</c>, <c>AddTransient&lt;I&gt;(_ =&gt; new C())</c>. Files without such a word are not parsed for it.
/// </summary>
internal sealed class Registrations(Compilation compilation, SourceBodies sources)
{
    private static readonly string[] Words = ["Scoped", "Singleton", "Transient", "AddHttpClient", "AddDbContext", "Decorate"];
    private readonly Lazy<ILookup<string, Registration>> written = new(() => Written(compilation).ToLookup(r => SimpleNames.Of(r.Service) ?? "", StringComparer.Ordinal));
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<INamedTypeSymbol>> found = new(SymbolEqualityComparer.Default);

    /// <summary>The registered classes; empty where nothing is registered here, or something that could not be told.</summary>
    public ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol service) => found.GetOrAdd(service.OriginalDefinition, s => Resolve((INamedTypeSymbol)s));

    /// <summary>Types are asked for only where the name is the service's.</summary>
    private ImmutableArray<INamedTypeSymbol> Resolve(INamedTypeSymbol service)
    {
        var classes = ImmutableArray<INamedTypeSymbol>.Empty;
        foreach (var registration in written.Value[service.Name])
        {
            if (!SymbolEqualityComparer.Default.Equals(sources.TypeNamed(registration.Service)?.OriginalDefinition, service)) continue;
            if (registration.Implementation is null || sources.TypeNamed(registration.Implementation) is not INamedTypeSymbol { TypeKind: TypeKind.Class } type) return [];
            if (!classes.Contains(type, SymbolEqualityComparer.Default)) classes = classes.Add(type);
        }

        return classes;
    }

    private static IEnumerable<Registration> Written(Compilation compilation)
    {
        if (!compilation.ReferencedAssemblyNames.Any(a => a.Name == "Microsoft.Extensions.DependencyInjection.Abstractions")) yield break;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!Mentions(tree)) continue;
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (NameOf(call) is not { } name || !Registers(name.Identifier.ValueText)) continue;
                var (service, implementation) = TypesOf(call, name);
                if (service is not null) yield return new Registration(service, implementation);
            }
        }
    }

    private static bool Mentions(SyntaxTree tree) => Words.Any(w => WrittenNames.In(tree, w));

    private static bool Registers(string name) =>
        name == "Decorate" || ((name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("TryAdd", StringComparison.Ordinal)) && Words.Any(w => name.Contains(w)));

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax member => member.Name,
        _ => null,
    };

    /// <summary>The service and what stands for it; no second one for a factory that could not be read, the same twice for <c>AddScoped&lt;C&gt;()</c>.</summary>
    private static (TypeSyntax? Service, TypeSyntax? Implementation) TypesOf(InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        var arguments = call.ArgumentList.Arguments;
        if (name is GenericNameSyntax { TypeArgumentList.Arguments: var types })
        {
            if (types.Count == 2) return (types[0], types[1]);
            var factory = arguments.Select(a => a.Expression).OfType<LambdaExpressionSyntax>().FirstOrDefault();
            if (name.Identifier.ValueText.Contains("HttpClient") || name.Identifier.ValueText.Contains("DbContext")) return (null, null);
            return (types[0], factory is not null ? MadeBy(factory) : arguments.Count == 0 ? types[0] : null);
        }

        var named = arguments.Select(a => a.Expression).OfType<TypeOfExpressionSyntax>().ToList();
        return named.Count switch
        {
            2 => (named[0].Type, named[1].Type),
            1 => (named[0].Type, arguments.Count == 1 ? named[0].Type : null),
            _ => (null, null),
        };
    }

    /// <summary><c>p =&gt; new C(…)</c> and <c>p =&gt; p.GetRequiredService&lt;C&gt;()</c>.</summary>
    private static TypeSyntax? MadeBy(LambdaExpressionSyntax factory) => factory.ExpressionBody switch
    {
        ObjectCreationExpressionSyntax creation => creation.Type,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "GetRequiredService" or "GetService", TypeArgumentList.Arguments: [var type] } } } => type,
        _ => null,
    };

    private sealed record Registration(TypeSyntax Service, TypeSyntax? Implementation);
}
