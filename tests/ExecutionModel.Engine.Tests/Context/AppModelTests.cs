using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Context;

public sealed class AppModelTests
{
    private static ProgramModel Model(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, string assembly = "App")
    {
        var compilation = CatalogueReferences.Empty
            .WithAssemblyName(assembly)
            .WithOptions(new CSharpCompilationOptions(kind))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("using System; using System.Threading; using System.Threading.Tasks;\n" + source));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return ProgramModel.For(compilation, new AnalyzerOptions([]));
    }

    private static IMethodSymbol Method(ProgramModel model, string type = "C", string name = "M") =>
        model.Compilation.GetTypeByMetadataName(type)!.GetMembers(name).OfType<IMethodSymbol>().Single();

    private static Host HostOf(string source, string type = "C", OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var model = Model(source, kind);
        return model.App.HostOf(model.SourceBodies.Of(Method(model, type))!.Frames[0]);
    }

    [Theory]
    [InlineData("class C : Microsoft.AspNetCore.Mvc.ControllerBase { public void M() { } }", Host.Web)]
    [InlineData("class B : Microsoft.AspNetCore.Mvc.ControllerBase { } class C : B { public void M() { } }", Host.Web)]
    [InlineData("class C : Microsoft.Extensions.Hosting.BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => Task.CompletedTask; public void M() { } }", Host.Worker)]
    [InlineData("class C : System.Windows.DependencyObject { public void M() { } } namespace System.Windows { class DependencyObject { } }", Host.Ui)]
    [InlineData("class C { public void M() { } }", Host.Unstated)]
    [InlineData("class C { [Microsoft.Azure.Functions.Worker.Function] public void M() { } } namespace Microsoft.Azure.Functions.Worker { class FunctionAttribute : Attribute { } }", Host.Handler)]
    [InlineData("[Microsoft.AspNetCore.Mvc.ApiController] class C { public void M() { } }", Host.Web)]
    [InlineData("class C { public void M(Microsoft.DurableTask.TaskOrchestrationContext c) { } } namespace Microsoft.DurableTask { class TaskOrchestrationContext { } }", Host.Orchestrator)]
    public void HostOf_ReadsBaseTypesAttributesAndParameters(string source, Host host) => Assert.Equal(host, HostOf(source));

    [Fact]
    public void HostOf_TypeInsideAHost_StandsForItself() =>
        Assert.Equal(Host.Unstated, HostOf("class C : Microsoft.AspNetCore.Mvc.ControllerBase { public class D { public void M() { } } }", "C+D"));

    [Fact]
    public void HostOf_Middleware_IsWeb()
    {
        var model = Model("class C { public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context) => Task.CompletedTask; }");
        Assert.Equal(Host.Web, model.App.HostOf(Method(model, name: "InvokeAsync")));
    }

    [Fact]
    public void HostOf_LambdaHandedToARoute_IsWeb()
    {
        var model = Model("using Microsoft.AspNetCore.Builder; class C { public void M(WebApplication app) { app.MapGet(\"/\", async () => { Func<int> inner = () => 1; await Task.Delay(inner()); return \"\"; }); Func<int> other = () => 2; } }");
        var frames = model.SourceBodies.Of(Method(model))!.Frames;
        Assert.Equal([Host.Unstated, Host.Web, Host.Web, Host.Unstated], frames.Select(model.App.HostOf));
    }

    [Theory]
    [InlineData("class P { static void Main() { var app = Microsoft.AspNetCore.Builder.WebApplication.Create(); } }", OutputKind.ConsoleApplication, Host.Web)]
    [InlineData("class P { static void Main() { } }", OutputKind.ConsoleApplication, Host.Worker)]
    [InlineData("class P { static void Main() { } } namespace System.Windows { class Application { } }", OutputKind.WindowsApplication, Host.Ui)]
    [InlineData("class P { static void Main() { var app = Microsoft.AspNetCore.Builder.WebApplication.Create(); } }", OutputKind.DynamicallyLinkedLibrary, Host.Unstated)]
    public void Application_FollowsOutputAndFrameworks(string source, OutputKind kind, Host host) => Assert.Equal(host, Model(source, kind).App.Application);

    /// <summary>A server that hands out a client for the browser sees the client's types; in the browser there is no server to see.</summary>
    [Theory]
    [InlineData(true, Host.Web)]
    [InlineData(false, Host.Browser)]
    public void Application_WithAWebAssemblyHost_IsBrowserWithoutServer(bool hasServer, Host host)
    {
        var compilation = CatalogueReferences.Empty.WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication)).AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "class P { static void Main() { " + (hasServer ? "Microsoft.AspNetCore.Builder.WebApplication.Create();" : "") + " } } namespace Microsoft.AspNetCore.Components.WebAssembly.Hosting { class WebAssemblyHostBuilder { } }"));
        if (!hasServer) compilation = compilation.WithReferences(compilation.References.Where(r => !r.Display!.Contains("AspNetCore.Hosting", StringComparison.Ordinal)));
        Assert.Equal(host, ProgramModel.For(compilation, new AnalyzerOptions([])).App.Application);
    }

    [Fact]
    public void Application_OfTheWebSdk_IsWeb()
    {
        var compilation = CatalogueReferences.Empty.WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication)).AddSyntaxTrees(CSharpSyntaxTree.ParseText("class P { static void Main() { } }"));
        var options = new AnalyzerOptions([], new Config(new() { ["build_property.UsingMicrosoftNETSdkWeb"] = "true" }));
        Assert.Equal(Host.Web, ProgramModel.For(compilation, options).App.Application);
    }

    private const string Xunit = " namespace Xunit { class FactAttribute : Attribute { } class TheoryAttribute : FactAttribute { } }";

    [Theory]
    [InlineData("class C { [Xunit.Fact] public void T() { } public void M() { } }" + Xunit, "App", true)]
    [InlineData("class C { public void M() { } }" + Xunit, "App.Tests", true)]
    [InlineData("class C { public void M() { } }" + Xunit, "App.Tests.Integration", true)]
    [InlineData("class C { public void M() { } }", "App.UnitTests", true)]
    [InlineData("class C { public void M() { } }", "App.Tests.Common", true)]
    [InlineData("class C { public void M() { } }" + Xunit, "App.SmokeTest", true)]
    [InlineData("class C { public void M() { } }" + Xunit, "App", false)]
    [InlineData("class C { public void M() { } }" + Xunit, "App.Testing", false)]
    [InlineData("class C : Microsoft.EntityFrameworkCore.Migrations.Migration { protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder b) { } public void M() { } }", "App", true)]
    public void IsTestCode_ReadsAttributesProjectsAndMigrations(string source, string assembly, bool expected)
    {
        var model = Model(source, assembly: assembly);
        Assert.Equal(expected, model.App.IsTestCode(Method(model)));
    }

    [Theory]
    [InlineData("App.UnitTests", true)]
    [InlineData("App.Test", true)]
    [InlineData("App.IntegrationTest", true)]
    [InlineData("App.SpeedTest", false)]
    [InlineData("App.Contests", false)]
    public void IsTestCode_WithoutAFramework_GoesByTheName(string assembly, bool expected)
    {
        var compilation = CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText("class C { public void M() { } }")], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
        var model = ProgramModel.For(compilation, new AnalyzerOptions([]));
        Assert.Equal(expected, model.App.IsTestCode(Method(model)));
    }

    private sealed class Config(Dictionary<string, string> lines) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Lines(lines);
        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;
        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Lines(Dictionary<string, string> lines) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => lines.TryGetValue(key, out value);
        }
    }
}
