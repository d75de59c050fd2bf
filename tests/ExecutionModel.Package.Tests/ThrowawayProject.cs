using System.Text.Json;

namespace ExecutionModel.Package.Tests;

/// <summary>A user's project: its only reference is the package.</summary>
internal sealed class ThrowawayProject
{
    private readonly string folder;
    private readonly string[] frameworks;
    private bool isRestored;

    /// <param name="peer">Another analyzer package, with its version.</param>
    public ThrowawayProject(PackageFixture package, string frameworks, string sdk, (string Id, string Version)? peer = null)
    {
        this.frameworks = frameworks.Split(';');
        folder = Directory.CreateDirectory(Path.Combine(package.Folder, "projects", Guid.NewGuid().ToString("n"))).FullName;
        Write("Service.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <{FrameworkProperty}>{frameworks}</{FrameworkProperty}>
                <LangVersion>latest</LangVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>{(sdk.EndsWith("Web", StringComparison.Ordinal) ? "enable" : "disable")}</ImplicitUsings>
                <ErrorLog>$(MSBuildProjectDirectory)/$(TargetFramework).sarif,version=2.1</ErrorLog>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackageFixture.Id}" Version="{package.Version}" PrivateAssets="all" />
                {(peer is var (id, version) ? $"""<PackageReference Include="{id}" Version="{version}" PrivateAssets="all" />""" : "")}
                <AdditionalFiles Include="*.ExecutionCatalogue.txt" />
              </ItemGroup>
            </Project>
            """);
    }

    private string FrameworkProperty => frameworks.Length == 1 ? "TargetFramework" : "TargetFrameworks";

    public ThrowawayProject Write(string file, string text)
    {
        File.WriteAllText(Path.Combine(folder, file), text);
        return this;
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(folder, file));

    /// <summary>Compiles everything: settings that a user changes on the command line are no input of an incremental build.</summary>
    public CommandResult Build(params string[] arguments) =>
        Run(["build", "--no-incremental", "-nologo", "-clp:NoSummary", .. arguments]);

    /// <summary>The platform that the SDK is of, and where the compiler finds the package's analyzers: names of folders.</summary>
    public (string Platform, IReadOnlyList<string> Folders) Analyzers(params string[] arguments)
    {
        const string Platform = "NETCoreSdkPortableRuntimeIdentifier";
        var said = Run(["build", "-nologo", "-getItem:Analyzer", $"-getProperty:{Platform}", .. arguments]).Succeeded().Output;
        using var json = JsonDocument.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..]);
        var folders = json.RootElement.GetProperty("Items").GetProperty("Analyzer").EnumerateArray()
            .Select(a => a.GetProperty("FullPath").GetString()!)
            .Where(p => Path.GetFileName(p).StartsWith("ExecutionModel.", StringComparison.Ordinal))
            .Select(p => Path.GetFileName(Path.GetDirectoryName(p))!)
            .Distinct();
        return (json.RootElement.GetProperty("Properties").GetProperty(Platform).GetString()!, [.. folders]);
    }

    public CommandResult Format(params string[] arguments) => Run(["format", "analyzers", "--severity", "info", .. arguments]);

    public IReadOnlyList<Finding> Findings(string? framework = null) =>
        Finding.InLog(Path.Combine(folder, (framework ?? frameworks.Single()) + ".sarif"));

    /// <summary>What a project refers to is settled when it is made: its first command finds the packages for all.</summary>
    private CommandResult Run(string[] command)
    {
        var result = DotNet.Run(folder, isRestored ? [.. command, "--no-restore"] : command);
        isRestored = true;
        return result;
    }
}
