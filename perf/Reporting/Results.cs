using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionModel.Perf.Analysis;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Micro;

namespace ExecutionModel.Perf.Reporting;

/// <summary>All that one run measured, and on what.</summary>
/// <param name="Mode">Quick or full.</param>
/// <param name="Date">The day.</param>
/// <param name="Seconds">The whole run.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Answers">Of both samples, to the same questions.</param>
/// <param name="Claims">By rule.</param>
/// <param name="Scaling">Speedups by number of processors; empty where nobody asked.</param>
/// <param name="Cost">Of the analyzers; null where only some claims were measured.</param>
/// <param name="Overheads">Of the written shapes; null in a quick run.</param>
public sealed record Results(
    string Mode,
    DateOnly Date,
    double Seconds,
    Machine Machine,
    IReadOnlyList<Answer> Answers,
    IReadOnlyList<Measured> Claims,
    IReadOnlyList<Scaling> Scaling,
    AnalysisResults? Cost = null,
    IReadOnlyList<Overhead>? Overheads = null)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public const string Json = "report.json";

    [JsonIgnore]
    public IEnumerable<Figure> Figures => Claims.SelectMany(c => c.Figures);

    public static Results Read(string json) => JsonSerializer.Deserialize<Results>(json, Format) ?? throw new JsonException("The report holds nothing.");

    /// <summary>For programs, for pull requests, for people, and for the README.</summary>
    public async Task WriteAsync(DirectoryInfo folder)
    {
        folder.Create();
        await WriteAsync(Json, JsonSerializer.Serialize(this, Format) + "\n");
        await WriteAsync("report.md", MarkdownReport.Of(this));
        await WriteAsync("report.html", await HtmlReport.PageAsync(this));
        await WriteAsync("speedups.svg", await HtmlReport.ChartAsync(this));

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
    }
}
