using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Context;

/// <summary>What a compilation becomes, by its output, its project's SDK and the frameworks that its program starts.</summary>
internal sealed class ApplicationKind(ProgramModel model, AnalyzerOptions options, Lazy<IMethodSymbol?> entryPoint)
{
    private static readonly string[] Desktop =
    [
        "System.Windows.Application", "System.Windows.Forms.Application", "Microsoft.Maui.Controls.Application", "Avalonia.Application", "Microsoft.UI.Xaml.Application",
    ];

    /// <summary>Nothing starts there by itself.</summary>
    public static bool IsLibrary(Compilation compilation) => compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;

    /// <summary>A server that hands out a client for the browser references it, and sees its types.</summary>
    public static bool RunsInBrowser(KnownTypes types) =>
        types.Find("Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHostBuilder") is not null && types.Find("Microsoft.AspNetCore.Hosting.IWebHostBuilder") is null;

    public Host Of()
    {
        if (IsLibrary(model.Compilation)) return Host.Unstated;
        if (RunsInBrowser(model.Types)) return Host.Browser;
        if (IsWebSdk || StartsWebHost) return Host.Web;
        if (Desktop.Any(d => model.Types.Find(d) is not null)) return Host.Ui;
        return model.Types.Find("Microsoft.Extensions.Hosting.BackgroundService") is not null ? Host.Worker : Host.Console;
    }

    private bool IsWebSdk =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.UsingMicrosoftNETSdkWeb", out var text) && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The program's file names a web host. A tool that only references ASP.NET Core is no web application.</summary>
    private bool StartsWebHost
    {
        get
        {
            if (model.Types.Find("Microsoft.AspNetCore.Http.HttpContext") is null || entryPoint.Value is not { } main) return false;
            foreach (var reference in main.ContainingType.DeclaringSyntaxReferences)
            {
                var text = reference.SyntaxTree.ToString();
                if (text.Contains("WebApplication") || text.Contains("WebHost")) return true;
            }

            return false;
        }
    }
}
