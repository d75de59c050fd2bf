using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers;

/// <summary>EXM000, only in the listing build: why a candidate was not reported.</summary>
internal static class CandidateListing
{
#if CANDIDATE_LISTING
    public static readonly DiagnosticDescriptor Descriptor = new("EXM000", "Dropped candidate", "{0}: {1}", "Listing", DiagnosticSeverity.Info, isEnabledByDefault: true);

    public static void Add(MemberContext context, string rule, Location location, string obstacle) =>
        context.Report(Diagnostic.Create(Descriptor, location, rule, obstacle));
#else
    public static void Add(MemberContext context, string rule, Location location, string obstacle)
    {
    }
#endif
}
