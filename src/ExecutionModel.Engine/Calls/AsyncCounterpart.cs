using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>The awaitable form of a call, as it was bound in the call's place.</summary>
/// <param name="Method">What the awaited call resolves to.</param>
/// <param name="Name">What takes the place of the method's name; of another type with its namespace.</param>
/// <param name="Token">The argument to add: a token in scope, with its parameter's name where it needs one; null for none.</param>
public sealed record AsyncCounterpart(IMethodSymbol Method, string Name, string? Token);

/// <summary>
/// Finds the awaitable form of a blocking call: the one that the catalogue names, else the same name with <c>Async</c>. It counts only where it binds in the
/// call's place, takes the same arguments, gives the same result and is not where the call stands in.
/// </summary>
public sealed class AsyncCounterparts(ProgramModel model)
{
    private static readonly string[] Timeouts = ["ReceiveTimeout", "SendTimeout", "ReadTimeout", "WriteTimeout"];

    /// <summary>The counterpart, or why there is none.</summary>
    public (AsyncCounterpart? Found, string Obstacle) Of(IInvocationOperation call, ApiFacts? facts, Frame frame)
    {
        var name = NameFor(call.TargetMethod, facts);
        if (call.Syntax is not InvocationExpressionSyntax syntax || call.SemanticModel is not { } semantics) return (null, "the call is not written out");
        if (ConditionalAccess.IsBehind(syntax) || Renamed(syntax, name) is not { } renamed) return (null, "the call stands behind '?.'");
        if (semantics.GetSymbolInfo(syntax).Symbol is not IMethodSymbol original) return (null, "the call is ambiguous");

        if (facts?.Channel is Channel.Network or Channel.Receiver && SetsTimeout(call)) return (null, "its timeout holds for the blocking form only");

        var named = facts?.Counterpart is not null;
        var token = original.Parameters.Any(p => IsToken(p.Type)) ? null : TokenInScope.Of(frame, model);
        if (token is not null && Bind(With(renamed, token)) is { } last && Receives(last, syntax.ArgumentList.Arguments.Count) && Obstacle(last) is null) return (new AsyncCounterpart(last, name, token), "");
        if (Bind(renamed) is not { } plain) return (null, $"'{name}' does not take the same arguments");
        if (token is not null && plain.Parameters.FirstOrDefault(p => p.IsOptional && IsToken(p.Type)) is { } optional)
        {
            var argument = $"{optional.Name}: {token}";
            if (Bind(With(renamed, argument)) is { } bound && Obstacle(bound) is null) return (new AsyncCounterpart(bound, name, argument), "");
        }

        return Obstacle(plain) is { } obstacle ? (null, obstacle) : (new AsyncCounterpart(plain, name, null), "");

        IMethodSymbol? Bind(ExpressionSyntax expression) => semantics.GetSpeculativeSymbolInfo(syntax.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;

        string? Obstacle(IMethodSymbol bound)
        {
            if (!model.Types.IsTaskLike(bound.ReturnType)) return $"'{bound.Name}' returns nothing that can be awaited";
            if (bound.GetAttributes().Any(a => a.AttributeClass is { Name: "ObsoleteAttribute" })) return $"'{bound.Name}' is obsolete";
            if (!SameResult(call, original, bound)) return $"'{bound.Name}' has another result";
            if (!SameArguments(syntax, original, bound, named)) return $"'{bound.Name}' has other parameters";
            if (model.Catalogue.Of(bound) is { Waiting: Waiting.Memory } || Runs(bound, original)) return $"'{bound.Name}' is asynchronous by name only";
            if (IsLeftToTheBase(call.Subject()?.Type ?? original.ContainingType, original, bound)) return $"'{bound.Name}' is left to the base class, which knows the blocking form only";
            return StandsIn(frame, call, bound) ? $"the call stands in '{bound.Name}' itself" : null;
        }
    }

    /// <summary>Sockets, streams, web requests and mail clients obey their timeouts in blocking calls only: an awaited one may wait for ever.</summary>
    private static bool SetsTimeout(IInvocationOperation call)
    {
        if (call.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type) return false;
        var text = type.SyntaxTree.GetText().ToString(type.Span);
        return Array.Exists(Timeouts, t => text.Contains(t)) || call.TargetMethod.ContainingType.Name is "SmtpClient" or "WebRequest" or "HttpWebRequest" or "FtpWebRequest" && text.Contains("Timeout");
    }

    private static string NameFor(IMethodSymbol method, ApiFacts? facts) => (facts?.Counterpart ?? "*Async").Replace("*", method.Name);

    private static InvocationExpressionSyntax? Renamed(InvocationExpressionSyntax call, string name)
    {
        if (name.Contains('.')) return call.WithExpression(SyntaxFactory.ParseExpression("global::" + name));
        return call.Expression switch
        {
            MemberAccessExpressionSyntax access => call.WithExpression(access.WithName(Rename(access.Name))),
            SimpleNameSyntax simple => call.WithExpression(Rename(simple)),
            _ => null,
        };

        SimpleNameSyntax Rename(SimpleNameSyntax old) => old is GenericNameSyntax generic ? generic.WithIdentifier(SyntaxFactory.Identifier(name)) : SyntaxFactory.IdentifierName(name);
    }

    private static InvocationExpressionSyntax With(InvocationExpressionSyntax call, string argument)
    {
        var parsed = SyntaxFactory.ParseArgumentList($"({argument})").Arguments[0];
        return call.WithArgumentList(call.ArgumentList.AddArguments(parsed));
    }

    /// <summary>The last argument is the token and not one of <c>params</c>: <c>FindAsync(id, token)</c> would look the token up as a key.</summary>
    private bool Receives(IMethodSymbol method, int index) => index < method.Parameters.Length && IsToken(method.Parameters[index].Type);

    private bool IsToken(ITypeSymbol type) => model.Types.CancellationToken is { } token && SymbolEqualityComparer.Default.Equals(type, token);

    private static bool SameResult(IInvocationOperation call, IMethodSymbol original, IMethodSymbol bound)
    {
        if (original.ReturnsVoid || call.Parent is IExpressionStatementOperation) return true;
        return bound.ReturnType is INamedTypeSymbol { TypeArguments: [var result] } && SymbolEqualityComparer.Default.Equals(result, original.ReturnType);
    }

    /// <summary>Each argument goes to a parameter of the same name or place, and of a type that means the same; what else there is has a default.</summary>
    private bool SameArguments(InvocationExpressionSyntax call, IMethodSymbol original, IMethodSymbol bound, bool named)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].RefKindKeyword.IsKind(SyntaxKind.None)) return false;
            var (from, to) = (ParameterOf(original, arguments[i], i), ParameterOf(bound, arguments[i], i));
            if (from is null || to is null || !SameMeaning(from.Type, to.Type)) return false;
            given.Add(to.Name);
        }

        return bound.Parameters.All(p => given.Contains(p.Name) || IsToken(p.Type) || p.IsParams || p.IsOptional && (named || original.Parameters.Any(o => o.Name == p.Name)));
    }

    private static IParameterSymbol? ParameterOf(IMethodSymbol method, ArgumentSyntax argument, int index)
    {
        if (argument.NameColon is { Name.Identifier.ValueText: var name }) return method.Parameters.FirstOrDefault(p => p.Name == name);
        if (index < method.Parameters.Length) return method.Parameters[index];
        return method.Parameters.LastOrDefault() is { IsParams: true } rest ? rest : null;
    }

    private static bool SameMeaning(ITypeSymbol from, ITypeSymbol to) =>
        SymbolEqualityComparer.Default.Equals(from, to) || from.TypeKind == TypeKind.TypeParameter || ElementOfBuffer(from) is { } a && SymbolEqualityComparer.Default.Equals(a, ElementOfBuffer(to));

    /// <summary>Arrays, spans and memories are ways to hand over the same bytes.</summary>
    private static ITypeSymbol? ElementOfBuffer(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment", TypeArguments: [var element] } => element,
        _ => null,
    };

    /// <summary>The awaitable form is made of the blocking one.</summary>
    private bool Runs(IMethodSymbol bound, IMethodSymbol original) =>
        !bound.DeclaringSyntaxReferences.IsEmpty && model.SourceBodies.Of(bound) is { } body
        && body.Frames.Any(f => f.Calls.Any(c => SymbolEqualityComparer.Default.Equals(c.TargetMethod.OriginalDefinition, (original.ReducedFrom ?? original).OriginalDefinition)));

    /// <summary>
    /// The receiver's class replaced the blocking form and left the awaitable one to the class that declares both: there it runs the blocking one in place or on
    /// another thread, or leaves out what the replacement does.
    /// </summary>
    private static bool IsLeftToTheBase(ITypeSymbol receiver, IMethodSymbol original, IMethodSymbol bound)
    {
        if (!original.IsOverride) return false;
        var first = original;
        while (first.OverriddenMethod is { } overridden) first = overridden;
        var declaring = first.ContainingType.OriginalDefinition;
        if (!declaring.DerivesFrom(bound.ContainingType.OriginalDefinition)) return false;
        for (ITypeSymbol? type = receiver; type is not null && !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, declaring); type = type.BaseType)
        {
            if (!type.GetMembers(bound.Name).IsEmpty || !type.GetMembers("Begin" + original.Name).IsEmpty) return false;
        }

        return true;
    }

    /// <summary>The awaited form would call the very method that it stands in.</summary>
    private static bool StandsIn(Frame frame, IInvocationOperation call, IMethodSymbol counterpart)
    {
        for (Frame? f = frame; f is not null; f = f.Outer)
        {
            if (f.Method is not { } method || method.Name != counterpart.Name) continue;
            if (SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, counterpart.ContainingType.OriginalDefinition)) return true;
            if (call.Instance is IInstanceReferenceOperation && method.ContainingType.DerivesFrom(counterpart.ContainingType.OriginalDefinition)) return true;
        }

        return false;
    }
}
