using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Locks that belong to a thread, and ambient transactions that stay on it: code behind an await may run on another one, where it can't release what was taken.
/// </summary>
internal static class ThreadBound
{
    /// <summary>What the frame took before the operation and has not given back; null if nothing.</summary>
    public static string? Holding(ProgramModel model, Frame frame, IOperation at)
    {
        var position = at.Syntax.SpanStart;
        IMethodSymbol? held = null;
        foreach (var call in frame.Calls)
        {
            if (call.Syntax.Span.End > position) continue;
            var method = call.TargetMethod;
            if (held is not null && GivesBack(method, held)) held = null;
            // A gate with an awaitable counterpart does not care which thread opens it again.
            else if (!model.Types.IsTaskLike(call.Type) && model.Catalogue.Of(method) is { Gate: true, Counterpart: null }) held = method;
        }

        if (held is not null) return $"between '{held.ContainingType.Name}.{held.Name}' and its end, which belong to one thread";
        return frame.Creations.Where(c => c.Syntax.Span.End <= position && StaysOnThread(c)).Select(c => $"inside a '{c.Type!.Name}' that stays on its thread").FirstOrDefault();
    }

    private static bool GivesBack(IMethodSymbol method, IMethodSymbol taken) =>
        (method.Name.StartsWith("Exit", StringComparison.Ordinal) || method.Name.StartsWith("Release", StringComparison.Ordinal))
        && SymbolEqualityComparer.Default.Equals(method.ContainingType, taken.ContainingType);

    private static bool StaysOnThread(IObjectCreationOperation creation) =>
        creation.Type is { Name: "TransactionScope" } && !creation.Arguments.Any(a => a.Parameter?.Type.Name == "TransactionScopeAsyncFlowOption" && a.Value.ConstantValue is { HasValue: true, Value: 1 });
}
