using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace ExecutionModel.Package.Tests;

public sealed class ContentsTests
{
    private static readonly string[] NativeNames = ["ExecutionModel.Analyzers.dll", "ExecutionModel.Engine.dll"];

    /// <summary>A platform, and its machine as images name it: that of the processor, in which each system but Windows flips bits of its own.</summary>
    private static readonly (string Name, int Machine)[] Platforms =
    [
        ("linux-arm64", (int)Machine.Arm64 ^ 0x7B79),
        ("linux-x64", (int)Machine.Amd64 ^ 0x7B79),
        ("osx-arm64", (int)Machine.Arm64 ^ 0x4644),
        ("win-x64", (int)Machine.Amd64),
    ];

    private readonly PackageFixture package = PackageFixture.Packed;

    [Fact]
    public void TheSolution_PacksExactlyOnePackage() =>
        Assert.Equal([$"{PackageFixture.Id}.{package.Version}.nupkg"], Directory.GetFileSystemEntries(package.Feed).Select(Path.GetFileName));

    [Fact]
    public void ThePackage_HoldsTheThreeAssembliesAndWhatAUserNeeds()
    {
        using var archive = package.Open();
        var files = archive.Entries.Select(e => e.FullName).Where(n => !IsPackagingPart(n)).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "ExecutionModel.Analyzers.nuspec",
                "LICENSE",
                "README.md",
                "analyzers/dotnet/cs/ExecutionModel.Analyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/ExecutionModel.Analyzers.dll",
                "analyzers/dotnet/cs/ExecutionModel.Engine.dll",
                "build/ExecutionModel.Analyzers.targets",
                "build/ExecutionModel.None.globalconfig",
                "build/ExecutionModel.Strict.globalconfig",
                "build/ExecutionModel.Suggestions.globalconfig",
                "buildTransitive/ExecutionModel.Analyzers.targets",
                "icon.png",
                .. Platforms.SelectMany(p => NativeNames.Select(n => $"tools/{p.Name}/{n}")),
            ],
            files);
    }

    /// <summary>The runtime refuses an image of another machine, and takes one of another build for another analyzer.</summary>
    [Fact]
    public void EveryNativeImage_IsOfItsPlatformAndHoldsTheSameIL()
    {
        var assemblies = Assemblies();
        foreach (var (platform, machine) in Platforms)
        {
            foreach (var name in NativeNames)
            {
                var (nativeImage, ilImage) = (ImageOf($"tools/{platform}/{name}"), ImageOf($"analyzers/dotnet/cs/{name}"));
                using var native = new PEReader(new MemoryStream(nativeImage));
                using var il = new PEReader(new MemoryStream(ilImage));
                Assert.Equal(machine, (int)native.PEHeaders.CoffHeader.Machine);
                Assert.Equal(0, il.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
                Assert.True(native.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{platform}/{name} has no native code.");

                // A method whose references the native compiler can't find is left out in silence.
                Assert.True(nativeImage.Length > 1.8 * ilImage.Length, $"{platform}/{name}: {nativeImage.Length:N0} bytes for {ilImage.Length:N0} of IL; most methods are missing.");
                Assert.Equal(ModuleVersion(il), ModuleVersion(native));
            }
        }

        byte[] ImageOf(string file) => assemblies.Single(a => a.Name == file).Image;

        static Guid ModuleVersion(PEReader assembly)
        {
            var metadata = assembly.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
    }

    [Fact]
    public void TheNuspec_IsADevelopmentDependencyOnNothing()
    {
        var metadata = Metadata();
        Assert.Equal(PackageFixture.Id, Text(metadata, "id"));
        Assert.Equal("true", Text(metadata, "developmentDependency"));
        Assert.DoesNotContain(metadata.Elements(), e => e.Name.LocalName is "dependencies" or "frameworkReferences" or "frameworkAssemblies");
    }

    [Fact]
    public void TheNuspec_NamesLicenceReadmeIconAndRepository()
    {
        var metadata = Metadata();
        Assert.Equal("MIT", Text(metadata, "license"));
        Assert.Equal("README.md", Text(metadata, "readme"));
        Assert.Equal("icon.png", Text(metadata, "icon"));
        var repository = metadata.Elements().Single(e => e.Name.LocalName == "repository");
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.Equal("https://github.com/executionmodel/analyzers", repository.Attribute("url")?.Value);
        Assert.Equal(repository.Attribute("url")?.Value, Text(metadata, "projectUrl"));
    }

    [Fact]
    public void TheReadme_IsTheRepositorysOwn()
    {
        using var archive = package.Open();
        using var reader = new StreamReader(archive.GetEntry("README.md")!.Open());
        Assert.Equal(File.ReadAllText(Path.Combine(PackageFixture.Repository, "README.md")), reader.ReadToEnd());
    }

    [Fact]
    public void EveryAssembly_CarriesItsSymbolsAndNoPathOfTheMachineThatBuiltIt()
    {
        foreach (var (name, image) in Assemblies())
        {
            using var assembly = new PEReader(new MemoryStream(image));
            var embedded = Assert.Single(assembly.ReadDebugDirectory(), e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            using var provider = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
            var symbols = provider.GetMetadataReader();
            var sources = symbols.Documents.Select(d => symbols.GetString(symbols.GetDocument(d).Name)).ToList();
            Assert.NotEmpty(sources);
            Assert.All(sources, s => Assert.True(s.StartsWith("/_", StringComparison.Ordinal), $"{name}: {s}"));
        }
    }

    [Fact]
    public void EveryAssembly_IsBuiltDeterministically()
    {
        foreach (var (name, image) in Assemblies())
        {
            using var assembly = new PEReader(new MemoryStream(image));
            Assert.True(assembly.ReadDebugDirectory().Any(e => e.Type == DebugDirectoryEntryType.Reproducible), name);
        }
    }

    /// <summary>A compiler has no Workspaces: an analyzer that names them fails to load outside the IDE.</summary>
    [Fact]
    public void OnlyTheFixes_NeedWorkspaces()
    {
        var needing = Assemblies().Where(a => References(a.Image).Any(r => r.Contains("Workspaces", StringComparison.Ordinal))).Select(a => a.Name);
        Assert.Equal(["analyzers/dotnet/cs/ExecutionModel.Analyzers.CodeFixes.dll"], needing);
    }

    /// <summary>Everything else must come with the compiler or from the package itself.</summary>
    [Fact]
    public void EveryReference_IsShippedOrThereInEveryCompiler()
    {
        string[] provided = ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces",
            "System.Collections.Immutable", "System.Composition.AttributedModel", "System.Memory", "System.Buffers", "System.Runtime.CompilerServices.Unsafe", "System.Threading.Tasks.Extensions", "System.Reflection.Metadata", "System.Numerics.Vectors"];
        var assemblies = Assemblies();
        var shipped = assemblies.Select(a => Path.GetFileNameWithoutExtension(a.Name));
        var missing = assemblies.SelectMany(a => References(a.Image)).Distinct().Except(provided).Except(shipped);
        Assert.Empty(missing);
    }

    private static IEnumerable<string> References(byte[] image)
    {
        using var assembly = new PEReader(new MemoryStream(image));
        var metadata = assembly.GetMetadataReader();
        return metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).ToList();
    }

    private List<(string Name, byte[] Image)> Assemblies()
    {
        using var archive = package.Open();
        var assemblies = new List<(string, byte[])>();
        foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var image = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(image);
            assemblies.Add((entry.FullName, image.ToArray()));
        }

        return assemblies;
    }

    private XElement Metadata()
    {
        using var archive = package.Open();
        using var nuspec = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    private static string? Text(XElement metadata, string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    private static bool IsPackagingPart(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
}
