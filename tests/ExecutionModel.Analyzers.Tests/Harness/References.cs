using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>What the test source is compiled against. Each set is read once per process.</summary>
public sealed class References
{
    private readonly Lazy<ImmutableArray<MetadataReference>> assemblies;

    private References(Func<IEnumerable<string>> files) =>
        assemblies = new(() => [.. files().Select(f => MetadataReference.CreateFromFile(f))]);

    private References(ImmutableArray<MetadataReference> references) => assemblies = new(references);

    /// <summary>.NET 10 with ASP.NET Core, EF Core, Npgsql, Dapper and Polly.</summary>
    public static References Net100 { get; } = new(() => Framework().Concat(Packages()));

    /// <summary>.NET 10 with ASP.NET Core alone: no unit-of-work library is referenced.</summary>
    public static References Net100WithoutPackages { get; } = new(Framework);

    /// <summary>.NET 10 alone: what a plain console program sees.</summary>
    public static References Net100WithoutHosting { get; } = new(() => Framework().Where(f => Path.GetFileName(f) is var file && !file.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && !file.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

    /// <summary>.NET 10 with Blazor's components and without a server: what a program in the browser sees.</summary>
    public static References Net100InBrowser { get; } = new(() => Framework().Where(f => Path.GetFileName(f) is var file && (!file.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || file.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal))));

    /// <summary>.NET Standard 2.0 alone: no <c>Parallel.ForEachAsync</c>, no <c>ConfigureAwaitOptions</c>.</summary>
    public static References NetStandard20 { get; } = new(() => Directory.GetFiles(
        typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "NetStandard20References").Value!, "*.dll"));

    /// <summary>.NET 10 with EF Core and empty assemblies of these names: what a project sees of its database providers.</summary>
    public static References WithProviders(params string[] names) => new(
    [
        .. Net100.Assemblies.Where(r => Path.GetFileName(r.Display) is var file && !file!.StartsWith("Npgsql", StringComparison.Ordinal)),
        .. names.Select(n =>
        {
            using var image = new MemoryStream();
            Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(n, options: new(OutputKind.DynamicallyLinkedLibrary), references: [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]).Emit(image);
            return MetadataReference.CreateFromImage(image.ToArray());
        }),
    ]);

    public static References None { get; } = new(() => []);

    public static References Of(ImmutableArray<MetadataReference> references) => new(references);

    public ImmutableArray<MetadataReference> Assemblies => assemblies.Value;

    private static IEnumerable<string> Packages() =>
        from pattern in (string[])["Microsoft.EntityFrameworkCore*.dll", "Npgsql.dll", "Dapper.dll", "Polly.Core.dll"]
        from file in Directory.GetFiles(AppContext.BaseDirectory, pattern)
        select file;

    /// <summary>The reference packs beside the running runtime.</summary>
    private static IEnumerable<string> Framework()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(runtime, "..", "..", "..", "packs");
        foreach (var pack in (string[])["Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref"])
        {
            var version = Directory.GetDirectories(Path.Combine(packs, pack)).Where(d => Path.GetFileName(d).StartsWith("10.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Last();
            foreach (var file in Directory.GetFiles(Path.Combine(version, "ref", "net10.0"), "*.dll")) yield return file;
        }
    }
}
