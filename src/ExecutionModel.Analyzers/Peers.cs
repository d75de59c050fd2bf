using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers;

/// <summary>
/// Analyzers that report blocking calls in async code as well. The package's build files name those that a build has; what they report need not be said twice.
/// </summary>
internal static class Peers
{
    private const string PeersOfTheBuild = "build_property.ExecutionModelPeers";

    /// <summary>Package, its rule, and whether it looks at methods only, not at lambdas and local functions.</summary>
    private static readonly (string Package, string Rule, bool MethodsOnly)[] Known =
    [
        ("Meziantou.Analyzer", "MA0042", false),
        ("Microsoft.VisualStudio.Threading.Analyzers", "VSTHRD103", false),
        ("AsyncFixer", "AsyncFixer02", true),
    ];

    /// <summary>A blocking call that has an awaitable form, directly in this frame, is another analyzer's to report.</summary>
    /// <param name="blocking">The member that blocks.</param>
    /// <param name="form">What could be awaited instead; null where that is the task itself.</param>
    public static bool Report(MemberContext context, Frame frame, ISymbol blocking, IMethodSymbol? form)
    {
        var tree = frame.Root.Syntax.SyntaxTree;
        var deference = RuleOptions.DeferToPeers.Read(context.Options, tree);
        if (deference == PeerDeference.False || !frame.IsAsync) return false;
        if (deference == PeerDeference.True) return true;
        if (!context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(PeersOfTheBuild, out var present) || present.Length == 0) return false;
        var packages = present.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return Known.Any(peer => packages.Contains(peer.Package, StringComparer.OrdinalIgnoreCase) && !(peer.MethodsOnly && frame.Function is not null) && Knows(peer.Rule, blocking, form) && !IsOff(peer.Rule, tree, context));
    }

    /// <summary>What each was seen to report of the calls that these rules know. Said twice is better than said by nobody.</summary>
    private static bool Knows(string rule, ISymbol blocking, IMethodSymbol? form) => rule switch
    {
        "MA0042" => !IsLinq(blocking, "Queryable", "Enumerable") && blocking.Name is not ("WaitAll" or "WaitAny"),
        "VSTHRD103" => !IsLinq(blocking, "Enumerable"),
        _ => !IsLinq(blocking, "Queryable", "Enumerable") && blocking.Name != "GetResult" && form is null or { IsExtensionMethod: false, ReturnType.Name: "Task" },
    };

    private static bool IsLinq(ISymbol member, params string[] types) => member.ContainingType is { ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" }, Name: var type } && types.Contains(type);

    private static bool IsOff(string rule, SyntaxTree tree, MemberContext context)
    {
        var options = context.Compilation.Options;
        if (options.SpecificDiagnosticOptions.TryGetValue(rule, out var severity)
            || options.SyntaxTreeOptionsProvider is { } trees
            && (trees.TryGetDiagnosticValue(tree, rule, context.CancellationToken, out severity) || trees.TryGetGlobalDiagnosticValue(rule, context.CancellationToken, out severity)))
            return severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden;
        return false;
    }
}
