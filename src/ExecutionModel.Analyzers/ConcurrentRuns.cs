using ExecutionModel.Engine.Races;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers;

/// <summary>Words for who else runs at the same time.</summary>
internal static class ConcurrentRuns
{
    /// <summary><c>other turns of 'Parallel.ForEach' do</c>, <c>callers of 'Add' may do</c></summary>
    /// <param name="rival">Who meets what a timer runs.</param>
    public static string Describe(ConcurrentBody body, IMethodSymbol? rival) => rival is null ? Describe(body.Api) : $"callers of '{(rival.AssociatedSymbol ?? rival).Name}' may do";

    /// <param name="started">What runs them so.</param>
    public static string Describe(IOperation started)
    {
        var (method, api) = started switch
        {
            IInvocationOperation call => (call.TargetMethod, ApiName.Spell(call.TargetMethod)),
            IObjectCreationOperation { Constructor: { } constructor } => (constructor, ApiName.Spell(constructor)),
            _ => (null, ""),
        };
        if (method is null) return "other tasks of the method do";
        var runs = method.ContainingType.Name switch
        {
            "Parallel" => "turns",
            "ParallelEnumerable" => "items",
            "Thread" => "threads",
            _ => "operations",
        };
        return $"other {runs} of '{api}' do";
    }

    /// <summary>The name of the method that a call or method group leads to.</summary>
    public static string Called(IOperation via) => via switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        IMethodReferenceOperation group => group.Method.Name,
        _ => Short(via.Syntax),
    };

    /// <summary>The code on one line, cut where it is long.</summary>
    public static string Short(SyntaxNode node)
    {
        var text = string.Join(" ", node.ToString().Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text.Substring(0, 39) + "…";
    }
}
