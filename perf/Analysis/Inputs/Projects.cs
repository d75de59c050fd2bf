using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Perf.Analysis.Inputs;

/// <summary>Compilations made of texts, against .NET's reference packs and the libraries beside this program.</summary>
internal static class Projects
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    /// <summary>What the web SDK adds to them.</summary>
    public const string WebUsings = """
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;

        """;

    private static readonly string[] Libraries = ["Microsoft.CodeAnalysis*.dll", "System.Composition*.dll", "Microsoft.EntityFrameworkCore*.dll", "Npgsql.dll"];

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() => [.. Framework().Select(f => MetadataReference.CreateFromFile(f)), .. Beside().Select(Restored)]);

    public static CSharpCompilation Create(string name, OutputKind kind, string usings, IEnumerable<(string Path, string Text)> files) => CSharpCompilation.Create(
        name,
        files.Prepend((Path: "GlobalUsings.g.cs", Text: Usings + usings)).Select(f => CSharpSyntaxTree.ParseText(f.Text, CSharpParseOptions.Default, "/app/" + f.Path)),
        References.Value,
        new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));

    /// <summary>C# sources below a folder, by path from it; build output left out.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(folder, file).Replace('\\', '/')
        where !$"/{path}".Contains("/obj/", StringComparison.Ordinal) && !$"/{path}".Contains("/bin/", StringComparison.Ordinal)
        orderby path
        select (path, File.ReadAllText(file));

    private static IEnumerable<string> Beside() => Libraries.SelectMany(pattern => Directory.GetFiles(AppContext.BaseDirectory, pattern).Order(StringComparer.Ordinal));

    /// <summary>At a path like a restored package's: an assembly elsewhere is another project's, and its types are the solution's own.</summary>
    private static PortableExecutableReference Restored(string file) => MetadataReference.CreateFromImage(File.ReadAllBytes(file), filePath: "/app/.nuget/packages/" + Path.GetFileName(file));

    /// <summary>The reference packs beside the running runtime.</summary>
    private static IEnumerable<string> Framework()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var pack in (string[])["Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref"])
        {
            var versions = Directory.GetDirectories(Path.Combine(runtime, "..", "..", "..", "packs", pack), "10.*");
            foreach (var file in Directory.GetFiles(Path.Combine(versions.Order(StringComparer.Ordinal).Last(), "ref", "net10.0"), "*.dll").Order(StringComparer.Ordinal)) yield return file;
        }
    }
}
