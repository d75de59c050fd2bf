using System.IO.Compression;

namespace ExecutionModel.Package.Tests;

/// <summary>
/// Packs the solution once, under a version of its own, into a feed of its own. Throwaway projects restore from that feed into a packages folder of their own,
/// so that neither an older build of the package nor the user's caches can answer for it. One for all classes, which run beside each other.
/// </summary>
public sealed class PackageFixture
{
    public const string Id = "ExecutionModel.Analyzers";

    private static readonly Lazy<PackageFixture> Once = new(() => new());

    private PackageFixture()
    {
        Folder = Path.Combine(AppContext.BaseDirectory, "packed");
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true); // of the last run: a test host is given no time to clean up
        Version = $"0.0.1-test{Guid.NewGuid():n}";
        Feed = Path.Combine(Folder, "feed");
        Directory.CreateDirectory(Feed);

        // Building the one packable project first lets the solution be packed without compiling every test project again.
        var package = Path.Combine(Repository, "src", "ExecutionModel.Analyzers.Package");
        DotNet.Run(Repository, ["build", package, "-c", "Release", "--no-restore", "-nologo", "-v", "q"]).Succeeded();
        DotNet.Run(Repository, ["pack", "Analyzers.sln", "-c", "Release", "--no-build", "-nologo", "-o", Feed, $"-p:PackageVersion={Version}"]).Succeeded();

        WriteIsolation();
    }

    public static PackageFixture Packed => Once.Value;

    public static string Repository { get; } = FindRepository();

    public string Folder { get; }

    public string Feed { get; }

    public string Version { get; }

    internal ThrowawayProject NewProject(string frameworks, bool web = false, (string Id, string Version)? peer = null) =>
        new(this, frameworks, web ? "Microsoft.NET.Sdk.Web" : "Microsoft.NET.Sdk", peer);

    public ZipArchive Open() => ZipFile.OpenRead(Path.Combine(Feed, $"{Id}.{Version}.nupkg"));

    public bool Holds(string file)
    {
        using var archive = Open();
        return archive.GetEntry(file) is not null;
    }

    /// <summary>Projects below inherit nothing. The machine's own sources stay: the reference assemblies of .NET Standard may have to come from there.</summary>
    private void WriteIsolation()
    {
        var cached = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <fallbackPackageFolders>
                <add key="cached" value="{cached}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="packed" value="feed" />
              </packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(cached);
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, ".editorconfig"), "root = true\n");
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Analyzers.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Analyzers.sln stands above no folder of the test's.");
        return folder;
    }
}
