using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Reporting;

/// <summary>All that one run measured, and on what.</summary>
public sealed record Results(string Mode, int Cores, string Runtime, string System, double Seconds, IReadOnlyList<Answer> Answers, IReadOnlyList<Figure> Figures)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static Results Of(string mode, TimeSpan took, IReadOnlyList<Answer> answers, IReadOnlyList<Figure> figures) =>
        new(mode, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, took.TotalSeconds, answers, figures);

    public Task WriteAsync(string path) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Format) + "\n");
}
