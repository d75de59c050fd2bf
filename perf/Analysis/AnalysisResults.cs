using System.Text.Json.Serialization;
using System.Text.Json;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Reporting;

namespace ExecutionModel.Perf.Analysis;

/// <summary>What the analyzers cost, on what, beside whom.</summary>
/// <param name="Retention">Null where only other parts were asked for.</param>
/// <param name="Headlines">Of a full run.</param>
/// <param name="Failures">What must not be; empty in a good run.</param>
public sealed record AnalysisResults(
    string Mode,
    string Roslyn,
    int Cores,
    string Runtime,
    double Seconds,
    IReadOnlyList<InputCost> Inputs,
    IReadOnlyList<SetCost> Sets,
    IReadOnlyList<RuleCost> Rules,
    IReadOnlyList<Growth> Growths,
    IReadOnlyList<EditLatency> Latencies,
    Retention? Retention,
    IReadOnlyList<Headline> Headlines,
    IReadOnlyList<Ratio> Ratios,
    IReadOnlyList<Allocation> Allocations,
    IReadOnlyList<string> Failures)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>For a baseline.</summary>
    [JsonIgnore]
    public IReadOnlyList<Entry> RatioEntries => [.. Ratios.Select(r => new Entry(r.Id, r.Value))];

    /// <summary>For a baseline.</summary>
    [JsonIgnore]
    public IReadOnlyList<Entry> AllocationEntries => [.. Allocations.Select(a => new Entry(a.Id, a.Bytes))];

    /// <summary>All our rules over an input.</summary>
    public SetCost OursOn(InputCost input) => On(input, AnalyzerSet.OursName);

    public SetCost On(InputCost input, string set) => Sets.Single(s => s.Input == input.Input && s.Set == set);

    public Task WriteAsync(string path) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Format) + "\n");

    public static async Task<AnalysisResults> ReadAsync(string path) =>
        JsonSerializer.Deserialize<AnalysisResults>(await File.ReadAllTextAsync(path), Format) ?? throw new InvalidDataException($"{path} holds no results.");
}

/// <summary>An input, and the compiler without analyzers over it, in processor milliseconds.</summary>
/// <param name="Compiler">From parsed texts to the assembly.</param>
/// <param name="Binding">All diagnostics of the compiler, asked by the driver of analyzers: what every set pays as well.</param>
public sealed record InputCost(string Input, string What, int Lines, double Compiler, double Binding);

/// <summary>All rules of a set over an input, less what binding alone costs.</summary>
/// <param name="Milliseconds">Of processor time, with the bodies that were bound for the rules; pair by pair.</param>
/// <param name="Wall">The same by the clock.</param>
/// <param name="Telemetry">Milliseconds inside the rules' own callbacks.</param>
/// <param name="Allocated">Bytes.</param>
/// <param name="Findings">Diagnostics of the rules.</param>
public sealed record SetCost(string Input, string Set, string Version, int Analyzers, Sample Milliseconds, double Wall, double Telemetry, long Allocated, int Findings);

/// <summary>One of our rules.</summary>
/// <param name="Telemetry">Milliseconds inside its callbacks where all rules run: the first that asks pays for what they share.</param>
/// <param name="Alone">Processor milliseconds where no other rule runs; null where that was not measured.</param>
/// <param name="Allocated">Bytes where no other rule runs; null where that was not measured.</param>
public sealed record RuleCost(string Input, string Rule, double Telemetry, double? Alone, long? Allocated, int Findings);

/// <summary>A ratio that does not depend much on the machine. Lower is better.</summary>
/// <param name="Id">Stable: <c>own-source/all/asyncfixer</c>.</param>
public sealed record Ratio(string Id, double Value);

/// <summary>Bytes per thousand lines of input, so that an input that grows is no regression.</summary>
/// <param name="Id">Stable: <c>generated/EXM101/allocated</c>.</param>
public sealed record Allocation(string Id, long Bytes);
