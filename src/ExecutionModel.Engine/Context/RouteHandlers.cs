using System.Collections.Concurrent;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Methods and local functions that requests run because their name was handed to a route: <c>app.MapGet("/", Handlers.Compute)</c>. Only files that map
/// routes are looked at, and only names that stand there are bound.
/// </summary>
internal sealed class RouteHandlers(ProgramModel model)
{
    private static readonly WordSet Maps = new(["MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "Map", "MapFallback"]);

    private readonly Lazy<Dictionary<string, List<SimpleNameSyntax>>> names = new(() => Names(model));
    private readonly ConcurrentDictionary<IMethodSymbol, object> known = new(SymbolEqualityComparer.Default);

    public bool Holds(IMethodSymbol method) =>
        names.Value.Count > 0 && names.Value.TryGetValue(method.Name, out var handed) && (bool)known.GetOrAdd(method.OriginalDefinition, m => handed.Any(n => IsRoute(n, m)));

    private bool IsRoute(SimpleNameSyntax name, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(model.SourceBodies.MeaningOf(name)?.OriginalDefinition, method)
        && RouteOf(name) is { } map && model.SourceBodies.MeaningOf(map) is { } call && model.Catalogue.Of(call) is { Host: Host.Web };

    private static Dictionary<string, List<SimpleNameSyntax>> Names(ProgramModel model)
    {
        var found = new Dictionary<string, List<SimpleNameSyntax>>(StringComparer.Ordinal);
        if (model.Types.Find("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") is null) return found;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (!model.Signals.Has(tree, new TextSpan(0, tree.Length), Signal.Map)) continue;
            var calls = model.Words.In(tree);
            for (var i = calls.From; i < calls.End; i++)
            {
                if (!Maps.Contains(calls.NameAt(i)) || tree.GetRoot().FindToken(calls.PositionOf(i)) is not { Parent: SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax map } access } name } || access.Name != name) continue;
                foreach (var argument in map.ArgumentList.Arguments)
                {
                    if ((argument.Expression as SimpleNameSyntax ?? (argument.Expression as MemberAccessExpressionSyntax)?.Name) is not { } handler) continue;
                    if (!found.TryGetValue(handler.Identifier.ValueText, out var list)) found[handler.Identifier.ValueText] = list = [];
                    list.Add(handler);
                }
            }
        }

        return found;
    }

    /// <summary>The name of the call that the handler is an argument of.</summary>
    private static SimpleNameSyntax? RouteOf(SimpleNameSyntax handler) =>
        SimpleNames.WholeOf(handler).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var map } } } && Maps.Contains(CallWords.HashOf(map.Identifier.ValueText)) ? map : null;
}
