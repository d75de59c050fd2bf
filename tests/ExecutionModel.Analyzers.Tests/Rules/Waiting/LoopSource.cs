using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>A method with everything in scope that loops of these tests need.</summary>
internal static class LoopSource
{
    public static string In(string body) => $$"""
        using System.Net.Http.Json;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Logging;
        class C(HttpClient http, Db db, IDbContextFactory<Db> contexts, TextWriter writer, SemaphoreSlim gate, ILogger<C> log)
        {
            public async Task<int> M(string[] ids, List<User> users, Dictionary<string, int> counts, IProgress<int> progress, CancellationToken stop)
            {
                {{body.Replace("\n", "\n        ")}}
            }

            private static async IAsyncEnumerable<string> StreamAsync() { await Task.Yield(); yield return ""; }
        }
        public class User { public int Id { get; set; } public string Name { get; set; } = ""; public string City { get; set; } = ""; }
        public record Page(string Body, string Next);
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        """;

    /// <summary>SQL as text, of a package that the tests don't reference.</summary>
    public const string Sql = """

        namespace Microsoft.EntityFrameworkCore
        {
            public static class RelationalDatabaseFacadeExtensions
            {
                public static Task<int> ExecuteSqlRawAsync(this Infrastructure.DatabaseFacade database, string sql, CancellationToken stop = default) => throw null!;
            }
        }
        """;

    /// <summary>References with another project of the solution among them.</summary>
    public static References WithProject(string source)
    {
        var library = CSharpCompilation.Create("Library", [CSharpSyntaxTree.ParseText(source)], References.Net100.Assemblies, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return References.Of(References.Net100.Assemblies.Add(library.ToMetadataReference()));
    }
}
