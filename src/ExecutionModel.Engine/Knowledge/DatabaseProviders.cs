using ExecutionModel.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>
/// What a context's operations wait for, by the providers that the compilation can see: a server's client waits, SQLite and the in-memory provider work in the
/// caller's thread, whichever form is called.
/// </summary>
public sealed class DatabaseProviders
{
    private static readonly string[] OfServers =
    [
        "Npgsql", "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.Data.SqlClient", "System.Data.SqlClient", "Pomelo.EntityFrameworkCore.MySql", "MySqlConnector", "MySql.",
        "Oracle.", "Microsoft.EntityFrameworkCore.Cosmos", "MongoDB.", "FirebirdSql.", "EntityFramework.SqlServer", "NHibernate", "Marten", "Raven.Client",
    ];

    private static readonly string[] InProcess = ["Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.InMemory", "Microsoft.Data.Sqlite", "System.Data.SQLite"];

    private readonly Lazy<object> waits;

    internal DatabaseProviders(Compilation compilation) => waits = new(() => Find(compilation));

    /// <summary>Certain where a server's client is referenced, Likely where no provider is in sight, Unknown where only those without a server are.</summary>
    public Confidence Wait => (Confidence)waits.Value;

    private static object Find(Compilation compilation)
    {
        var references = compilation.ReferencedAssemblyNames.Select(a => a.Name).ToList();
        if (references.Exists(r => Names(OfServers, r))) return Confidence.Certain;
        return references.Exists(r => Names(InProcess, r)) ? Confidence.Unknown : Confidence.Likely;
    }

    private static bool Names(string[] providers, string reference) => Array.Exists(providers, p => reference.StartsWith(p, StringComparison.Ordinal));
}
