using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Perf.Analysis.Loading;

/// <summary>Analyzers that are run together, with what their package hands to the compiler.</summary>
/// <param name="Name">Part of the ids of results.</param>
public sealed record AnalyzerSet(string Name, string Version, ImmutableArray<DiagnosticAnalyzer> Analyzers, ImmutableArray<AdditionalText> AdditionalTexts)
{
    public const string OursName = "ours";

    /// <summary>The peer that is most like ours, in what it looks for and in what it costs.</summary>
    public const string NearestName = "asyncfixer";

    /// <summary>What binding costs. Its analyzer runs in every other set as well: without one of its kind the driver of some rules would not bind at all.</summary>
    public static AnalyzerSet Nothing { get; } = new("nothing", "", [new EmptyAnalyzer(operations: false)], []);

    /// <summary>Every body bound, with its operations: what the driver does where one rule asks it to, before the rule itself does anything.</summary>
    public static AnalyzerSet Operations { get; } = new("operations", "", [new EmptyAnalyzer(operations: true)], []);

    public static IReadOnlyList<string> Peers { get; } = [NearestName, "meziantou", "vsthrd", "sonar"];

    /// <summary>Ours first.</summary>
    public static IReadOnlyList<AnalyzerSet> LoadAll() => [.. Peers.Prepend(OursName).Select(Load)];

    public static AnalyzerSet Load(string name)
    {
        var folder = Path.GetFullPath(Metadata("analyzers: " + name) ?? throw new InvalidOperationException($"The build did not say where the analyzers '{name}' are."));
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"Restore and build first: {folder} is missing.");
        var loader = new IsolatedAnalyzers(folder);
        var analyzers = ImmutableArray.CreateBuilder<DiagnosticAnalyzer>();
        foreach (var file in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            var reference = new AnalyzerFileReference(file, loader);
            reference.AnalyzerLoadFailed += (_, failure) => throw new InvalidOperationException($"{file}: {failure.Message}", failure.Exception);
            analyzers.AddRange(reference.GetAnalyzers(LanguageNames.CSharp));
        }

        if (analyzers.Count == 0) throw new InvalidOperationException($"{folder} holds no analyzers.");
        var texts = Metadata("additional files: " + name) is { } extra ? Directory.GetFiles(extra).Order(StringComparer.Ordinal).Select(f => new TextInFile(f)) : [];
        return new AnalyzerSet(name, Metadata("version: " + name) ?? "", analyzers.ToImmutable(), [.. texts]);
    }

    /// <summary>A set for each of the rules.</summary>
    public IEnumerable<AnalyzerSet> OneByOne() =>
        from analyzer in Analyzers
        let id = IdOf(analyzer)
        orderby id
        select this with { Name = id, Analyzers = [analyzer] };

    /// <summary>What the driver is given.</summary>
    public ImmutableArray<DiagnosticAnalyzer> ToRun => this == Nothing ? Analyzers : [.. Nothing.Analyzers, .. Analyzers];

    public static string IdOf(DiagnosticAnalyzer analyzer) => string.Join("+", analyzer.SupportedDiagnostics.Select(d => d.Id).Distinct().Order(StringComparer.Ordinal));

    private static string? Metadata(string key) => typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;
}
