using System.Diagnostics;
using System.Net;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Tests.Reporting;

/// <summary>Chromium without a window, as <c>perf/chromium.sh</c> finds it.</summary>
public sealed class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<(string? Path, string? Obstacle)> Found = new(Find);

    /// <summary>Why there is none; null where there is one. Only CI installs it.</summary>
    public static string? Obstacle => Found.Value.Obstacle;

    /// <summary>
    /// What a script reads from a page that is shown in a frame of so many pixels. The script is the body of a function of <c>page</c>, the frame's document, and
    /// returns text.
    /// </summary>
    public static string Read(string page, int width, string script)
    {
        var frame = $$"""
            <!DOCTYPE html><body style="margin:0"><iframe id="frame" width="{{width}}" height="3000" style="border:0" srcdoc="{{WebUtility.HtmlEncode(page)}}"></iframe><pre id="said"></pre>
            <script>
            document.getElementById('frame').onload = event => {
              const read = page => { {{script}} };
              document.getElementById('said').textContent = 'said: ' + read(event.target.contentDocument);
            };
            </script></body>
            """;
        var dom = OnDisk(frame, file => Run("--dump-dom", "--virtual-time-budget=5000", file));
        const string Start = "<pre id=\"said\">said: ";
        var start = dom.IndexOf(Start, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The script said nothing: {dom[..Math.Min(dom.Length, 2000)]}");
        start += Start.Length;
        return WebUtility.HtmlDecode(dom[start..dom.IndexOf("</pre>", start, StringComparison.Ordinal)]);
    }

    /// <summary>A picture of the page, for people.</summary>
    public static void Photograph(string page, int width, int height, bool dark, string picture) =>
        OnDisk(page, file => Run($"--screenshot={picture}", $"--window-size={width},{height}", $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", file));

    private static string OnDisk(string page, Func<string, string> use)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.html");
        File.WriteAllText(file, page);
        try
        {
            return use(new Uri(file).AbsoluteUri);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Run(params string[] arguments)
    {
        // Containers have no sandbox for it; the page is our own.
        var (code, said, complained) = Execute(Found.Value.Path!, ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", .. arguments]);
        return code == 0 ? said : throw new InvalidOperationException(complained);
    }

    private static (string? Path, string? Obstacle) Find()
    {
        if (OperatingSystem.IsWindows()) return (null, "perf/chromium.sh needs bash");
        var isCi = Environment.GetEnvironmentVariable("CI") == "true";
        var (code, said, complained) = Execute("bash", [Path.Combine(SampleSource.Root, "perf", "chromium.sh"), .. isCi ? ["install"] : Array.Empty<string>()]);
        return code == 0 ? (said.Trim(), null) : (null, complained.Trim());
    }

    private static (int Code, string Said, string Complained) Execute(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(program == "bash" ? 5 * Patience : Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end.");
        }

        return (process.ExitCode, said.Result, complained.Result);
    }
}

/// <summary>Runs where Chromium is, or can be installed; says why not elsewhere.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Obstacle;
}
