using System.Collections.Immutable;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Could a synchronous method become async, and what goes with it? Only a private one can: everybody who calls it stands in one type, must be able to await
/// it in turn, and is either async already or becomes so with it.
/// </summary>
/// <param name="Methods">That would become async, the asked one first.</param>
/// <param name="Calls">Of these methods, each to be awaited.</param>
/// <param name="Callers">The functions that hold them.</param>
/// <param name="Obstacle">Null: all of it can be done.</param>
public sealed record AsyncConversion(ImmutableArray<IMethodSymbol> Methods, ImmutableArray<IInvocationOperation> Calls, ImmutableArray<IMethodSymbol> Callers, string? Obstacle)
{
    private const int Hops = 3;

    /// <summary>Only the framework calls the function, and it awaits where it gets a task: actions, routes, hub methods; event handlers may be <c>async void</c>.</summary>
    private static bool IsFree(ProgramModel model, Frame frame) => frame.Method is { } method && AsyncPath.IsEntry(model, frame) && (frame.Function is not null || !method.ImplementsOrOverrides());

    public static AsyncConversion Of(ProgramModel model, IMethodSymbol method)
    {
        var search = new Search(model);
        var obstacle = search.Enter(method, Hops);
        return new AsyncConversion([.. search.Methods], [.. search.Calls], [.. search.Callers], obstacle);
    }

    /// <summary>What the frame's function is, and why it can't hold an await if it is neither async nor could become so.</summary>
    internal static AwaitPlace CodeOf(ProgramModel model, Frame frame)
    {
        if (frame.IsAsync) return new(AsyncCode.Yes, null);
        if (Fixed(model, frame) is { } obstacle) return new(AsyncCode.No, obstacle);
        if (model.Types.IsTaskLike(frame.Method!.ReturnType) || IsFree(model, frame)) return new(AsyncCode.CouldBecome, null);
        if (frame.Method.MethodKind == MethodKind.LocalFunction) return new(AsyncCode.No, "in a synchronous local function");
        var conversion = Of(model, frame.Method);
        return new(conversion.Obstacle is null ? AsyncCode.CouldBecome : AsyncCode.No, conversion.Obstacle) { Conversion = conversion };
    }

    /// <summary>Why the function is synchronous by its nature.</summary>
    private static string? Fixed(ProgramModel model, Frame frame)
    {
        if (frame.Method is not { } method) return "in an initializer";
        if (frame.Function is IAnonymousFunctionOperation { Parent: var use })
        {
            if (use is IConversionOperation { Type.Name: "Expression" }) return "in an expression tree";
            return model.Types.IsTaskLike(method.ReturnType) || IsFree(model, frame) ? null : "in a synchronous lambda";
        }

        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction)) return method.MethodKind switch
        {
            MethodKind.Constructor or MethodKind.StaticConstructor => "in a constructor",
            MethodKind.PropertyGet or MethodKind.PropertySet => "in a property",
            MethodKind.EventAdd or MethodKind.EventRemove => "in an event",
            MethodKind.Destructor => "in a finalizer",
            MethodKind.UserDefinedOperator or MethodKind.Conversion => "in an operator",
            _ => "in a synchronous member",
        };
        if (method.Name is "Main" or "<Main>$" && SymbolEqualityComparer.Default.Equals(method, model.Compilation.GetEntryPoint(CancellationToken.None))) return "in an entry point that awaits nothing";
        if (method.ReturnType.Name is "IEnumerable" or "IEnumerator" && frame.Root.Descendants().Any(o => o.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak)) return "in an iterator";
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.Parameters.Any(p => p.RefKind != RefKind.None || p.Type.IsRefLikeType || p.Type is IPointerTypeSymbol)) return "in a method with parameters that async methods can't have";
        return HoldsReferences(frame) ? "in a method that keeps references on the stack" : null;
    }

    /// <summary>Before C# 13 an async method can't even declare them.</summary>
    private static bool HoldsReferences(Frame frame) => frame.Root.Descendants().Any(o => o is ILocalReferenceOperation { Local: var local } && (local.RefKind != RefKind.None || local.Type.IsRefLikeType));

    private sealed class Search(ProgramModel model)
    {
        public List<IMethodSymbol> Methods { get; } = [];
        public List<IInvocationOperation> Calls { get; } = [];
        public List<IMethodSymbol> Callers { get; } = [];

        public string? Enter(IMethodSymbol method, int hops)
        {
            if (Methods.Contains(method, SymbolEqualityComparer.Default)) return null;
            if (hops == 0) return "too many methods would have to become async";
            if (method.DeclaredAccessibility != Accessibility.Private || !method.ExplicitInterfaceImplementations.IsEmpty) return "in a synchronous method that others may call";
            if (method.Name is "Dispose" or "Finalize") return "in Dispose";
            if (method.IsPartialDefinition || method.PartialDefinitionPart is not null || method.IsExtern) return "in a partial method";
            if (!method.GetAttributes().IsEmpty) return $"'{method.Name}' has attributes: others may call it";
            if (method.ContainingType.IsValueType && !method.IsStatic) return "in a struct, of which an async method changes a copy";
            if (model.App.IsEventHandler(method)) return "in an event handler";
            Methods.Add(method);
            var found = Calls.Count;
            foreach (var reference in method.ContainingType.DeclaringSyntaxReferences)
            {
                foreach (var name in reference.GetSyntax().DescendantNodes().OfType<SimpleNameSyntax>())
                {
                    if (name.Identifier.ValueText == method.Name && Mention(method, name, hops) is { } obstacle) return obstacle;
                }
            }

            return Calls.Count == found ? $"nobody calls '{method.Name}'" : null;
        }

        private string? Mention(IMethodSymbol method, SimpleNameSyntax name, int hops)
        {
            if (model.SourceBodies.MeaningOf(name) is not { } symbol) return IsNameOf(name) ? null : $"a use of '{method.Name}' is not understood";
            if (!SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, method.OriginalDefinition)) return null;
            var callee = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name;
            if (callee.Parent is not InvocationExpressionSyntax syntax) return $"'{method.Name}' is used as a delegate";
            var frame = model.SourceBodies.Around(syntax)?.Frames.LastOrDefault(f => f.Root.Syntax.Span.Contains(syntax.Span));
            if (frame?.Calls.FirstOrDefault(c => c.Syntax == syntax) is not { } call) return $"a caller of '{method.Name}' can't await";
            if (AwaitPlace.ObstacleAt(model, frame, call) is { } place) return $"a caller of '{method.Name}' can't await: {place}";
            if (AwaitedForm.ReadsBefore(call)) return $"a caller of '{method.Name}' would read a value before the await that it changes after it";
            if (!frame.IsAsync && (Fixed(model, frame) ?? (frame.Function is null ? Enter(frame.Method!, hops - 1) : "in a synchronous local function")) is { } caller) return $"a caller of '{method.Name}' can't await: {caller}";
            Calls.Add(call);
            Callers.Add(frame.Method!);
            return null;
        }

        private static bool IsNameOf(SimpleNameSyntax name) => name.Ancestors().Any(a => a is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });
    }
}
