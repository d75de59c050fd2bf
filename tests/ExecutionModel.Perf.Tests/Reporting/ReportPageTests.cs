using System.Text.Json;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Reporting;
using ExecutionModel.Perf.Reporting.Html;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Tests.Reporting;

/// <summary>The published report, as a browser shows it.</summary>
public sealed class ReportPageTests
{
    private const int Phone = 390;
    private const int Desk = 1200;
    private static readonly Results Results = Publication.Results;

    [BrowserFact]
    public async Task Page_ShowsEveryFigure()
    {
        var shown = Lines(await ReadAsync(Desk, "return [...page.querySelectorAll('article table tbody tr')].map(r => r.innerText.replaceAll('\\t', ' | ')).join('\\n')"));
        Assert.Equal(Results.Figures.Count(), shown.Count);
        foreach (var (figure, line) in Results.Claims.GroupBy(c => c.Rule).SelectMany(r => r).SelectMany(c => c.Figures).Zip(shown))
        {
            Assert.Equal($"{figure.What} | {figure.Value(figure.Before)} | {figure.Value(figure.After)} | {figure.Speedup()} | {figure.Bound()} | {figure.Distance()}", line);
        }
    }

    /// <summary>Where the marks are, in pixels, against what they stand for.</summary>
    [BrowserFact]
    public async Task Chart_PlacesAfterAndBeforeByTheirTimes()
    {
        var places = JsonSerializer.Deserialize<double[][]>(await ReadAsync(
            Desk,
            "const x = e => e.getBoundingClientRect(); return JSON.stringify([...page.querySelectorAll('.dumbbells .row:not(.axis) svg')].map(s => ['.before', '.after'].map(c => (x(s.querySelector('circle' + c)).x + 5 - x(s).x) / x(s).width)))"))!;
        var figures = Results.Figures.Where(LogScale.Shows).GroupBy(f => f.Unit).SelectMany(f => f).ToList();
        Assert.Equal(figures.Count, places.Length);
        foreach (var (figure, place) in figures.Zip(places)) Assert.Equal(figure.Before.Value > figure.After.Value, place[0] > place[1]);
        Assert.All(places.SelectMany(p => p), p => Assert.InRange(p, -0.05, 1.05));
    }

    [BrowserFact]
    public async Task Page_OnAPhone_NeedsNoSidewaysScrolling() =>
        Assert.Equal($"{Phone}", await ReadAsync(Phone, "return page.documentElement.scrollWidth"));

    [BrowserFact]
    public async Task Page_ReachesForNothingElse() =>
        Assert.Equal("", await ReadAsync(Desk, "return [...page.querySelectorAll('[src], link, script')].map(e => e.outerHTML).join('\\n')"));

    [BrowserFact]
    public async Task Page_IsPhotographed()
    {
        var page = await HtmlReport.PageAsync(Results);
        var artifacts = Directory.CreateDirectory(Path.Combine(SampleSource.Root, "artifacts", "perf")).FullName;
        (string Name, int Width, int Height, bool Dark)[] pictures = [("light", Desk, 3000, false), ("dark", Desk, 3000, true), ("narrow", 500, 3000, false)];
        var sizes = new List<long>();
        foreach (var (name, width, height, dark) in pictures)
        {
            var file = Path.Combine(artifacts, $"report-{name}.png");
            File.Delete(file);
            Browser.Photograph(page, width, height, dark, file);
            sizes.Add(new FileInfo(file).Length);
        }

        Assert.All(sizes, s => Assert.True(s > 20_000, $"a picture of {s} bytes shows nothing"));
        Assert.NotEqual(await File.ReadAllBytesAsync(Path.Combine(artifacts, "report-light.png")), await File.ReadAllBytesAsync(Path.Combine(artifacts, "report-dark.png")));
    }

    private static async Task<string> ReadAsync(int width, string script) => Browser.Read(await HtmlReport.PageAsync(Results), width, script);

    private static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
