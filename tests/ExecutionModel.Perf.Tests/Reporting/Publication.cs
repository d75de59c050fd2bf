using ExecutionModel.Perf.Reporting;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Tests.Reporting;

/// <summary>The report that the repository shows.</summary>
internal static class Publication
{
    public const string FromReadme = "docs/perf";

    public static string Folder { get; } = Path.Combine(SampleSource.Root, "docs", "perf");

    public static Results Results { get; } = Results.Read(File.ReadAllText(Path.Combine(Folder, Results.Json)));
}
