using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Says from text alone which files can end a database query: <c>First</c> and <c>Contains</c> are everywhere, a query only where a file writes
/// <c>IQueryable</c>, <c>DbSet</c> or the name of a context or session: a library's own, or a type of the solution that is called like one.
/// </summary>
internal sealed class QueryFiles(ProgramModel model)
{
    private static readonly string[] QueryLibraries = ["Microsoft.EntityFrameworkCore", "EntityFramework", "NHibernate", "linq2db", "Marten", "Raven.Client"];
    private static readonly string[] Names = ["IQueryable", "DbSet", "DbContext", "ISession", "IQuerySession", "IDocumentSession", "IDataContext"];

    /// <summary>A look at base types would cost more than all other questions of the rule.</summary>
    private static readonly string[] Endings = ["Context", "Session", "Db", "Database"];

    private readonly ConcurrentDictionary<SyntaxTree, object> files = new();
    private readonly Lazy<string[]> sources = new(() => Sources(model));

    public bool May(SyntaxTree tree) => (bool)files.GetOrAdd(tree, t => WrittenNames.HasAny(t.GetText(), sources.Value));

    private static string[] Sources(ProgramModel model)
    {
        var found = new HashSet<string>(Names, StringComparer.Ordinal);
        foreach (var project in model.Implementations.ReferencedProjects.Prepend(model.Compilation.Assembly))
        {
            if (!KnowsQueries(project)) continue;
            foreach (var name in project.TypeNames)
            {
                if (Array.Exists(Endings, e => name.EndsWith(e, StringComparison.Ordinal))) found.Add(name);
            }
        }

        return [.. found];
    }

    private static bool KnowsQueries(IAssemblySymbol project)
    {
        foreach (var module in project.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                foreach (var library in QueryLibraries)
                {
                    if (reference.Name.StartsWith(library, StringComparison.Ordinal)) return true;
                }
            }
        }

        return false;
    }
}
