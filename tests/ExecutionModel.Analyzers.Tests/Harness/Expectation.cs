using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>Compares reported diagnostics with the marks of the files and the results that the test lists.</summary>
public static class Expectation
{
    public static void Check(IReadOnlyDictionary<string, Markup> files, IReadOnlyList<DiagnosticResult> listed, IReadOnlyList<Diagnostic> actual, DiagnosticDescriptor single, DiagnosticSeverity? severity)
    {
        var wanted = Marked(files, single, severity).Concat(listed.Select(r => Listed(files, r))).ToList();
        var unexpected = new List<Diagnostic>();
        foreach (var diagnostic in actual)
        {
            var match = wanted.FindIndex(w => w.Accepts(diagnostic));
            if (match < 0) unexpected.Add(diagnostic);
            else wanted.RemoveAt(match);
        }

        if (wanted.Count == 0 && unexpected.Count == 0) return;
        var failure = new StringBuilder();
        foreach (var missing in wanted) failure.AppendLine($"missing:    {missing.Text}");
        foreach (var extra in unexpected) failure.AppendLine($"unexpected: {extra.Severity} {extra}");
        failure.AppendLine("Reported were:");
        foreach (var (path, markup) in files)
        {
            var spans = actual.Where(d => Analysis.PathOf(d) == path).Select(d => new MarkedSpan(d.Location.SourceSpan, d.Id));
            failure.AppendLine($"--- {path}").AppendLine(Markup.Render(markup.Text, spans));
        }

        Assert.Fail(failure.ToString());
    }

    private static IEnumerable<Wanted> Marked(IReadOnlyDictionary<string, Markup> files, DiagnosticDescriptor single, DiagnosticSeverity? severity) =>
        from file in files
        from span in file.Value.Spans
        where !span.IsKey
        select new Wanted(span.Id ?? single.Id, severity ?? single.DefaultSeverity, (file.Key, span.Span), null, null, []);

    private static Wanted Listed(IReadOnlyDictionary<string, Markup> files, DiagnosticResult result) => new(
        result.Id,
        result.Severity,
        result.Key is { } key ? Find(files, key) : null,
        result.PartnerKeys?.Select(k => Find(files, k)).ToArray(),
        result.Message,
        result.MessageParts);

    private static (string Path, TextSpan Span) Find(IReadOnlyDictionary<string, Markup> files, int key)
    {
        foreach (var (path, markup) in files)
        {
            if (markup.Spans.FirstOrDefault(s => s.Id == "#" + key) is { } span) return (path, span.Span);
        }

        throw new InvalidOperationException($"No span is marked {{|#{key}:…|}}.");
    }

    private sealed record Wanted(string Id, DiagnosticSeverity Severity, (string Path, TextSpan Span)? At, IReadOnlyList<(string Path, TextSpan Span)>? Partners, string? Message, IReadOnlyList<string> Parts)
    {
        public string Text => $"{Severity} {Id} at {(At is { } at ? $"{at.Path}{at.Span}" : "any place")}{(Message is null ? "" : $": {Message}")}{string.Concat(Parts.Select(p => $" …{p}…"))}{(Partners is null ? "" : " with partners " + string.Join(", ", Partners.Select(p => $"{p.Path}{p.Span}")))}";

        public bool Accepts(Diagnostic d) =>
            d.Id == Id
            && d.Severity == Severity
            && (At is not { } at || (Analysis.PathOf(d), d.Location.SourceSpan) == at)
            && (Message is null || d.GetMessage() == Message)
            && Parts.All(p => d.GetMessage().Contains(p, StringComparison.Ordinal))
            && (Partners is null || Partners.SequenceEqual(d.AdditionalLocations.Select(l => (l.SourceTree?.FilePath ?? "", l.SourceSpan))));
    }
}
