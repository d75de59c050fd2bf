using ExecutionModel.Perf.Reporting.Html;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExecutionModel.Perf.Reporting;

/// <summary>The report as a page, and its chart as a picture.</summary>
public static class HtmlReport
{
    public static Task<string> PageAsync(Results results) =>
        RenderAsync<Report>(new() { [nameof(Report.Results)] = results, [nameof(Report.Style)] = Style() });

    /// <summary>Headline times as an SVG of its own, for pages that show pictures only.</summary>
    public static Task<string> ChartAsync(Results results) =>
        RenderAsync<SpeedupPicture>(new() { [nameof(SpeedupPicture.Results)] = results });

    private static async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static string Style()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
