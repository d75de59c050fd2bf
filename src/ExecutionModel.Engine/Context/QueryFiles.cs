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

    private static readonly LastAnswers<string[], bool> Answers = new(static (one, other) => one.SequenceEqual(other, StringComparer.Ordinal), static (tree, names) => WrittenNames.HasAny(tree.GetText(), names));

    private static readonly KeptPerFile<string[]> Likely = new(static tree => [.. WrittenTypes.In(tree).All.Select(t => t.Name).Where(IsLikely)]);

    private readonly Lazy<string[]> sources = new(() => Answers.Known(model.Compilation.SyntaxTrees, Sources(model)));

    public bool May(SyntaxTree tree) => Answers.Of(tree, sources.Value);

    private static string[] Sources(ProgramModel model)
    {
        var found = new HashSet<string>(Names, StringComparer.Ordinal);
        foreach (var project in model.Implementations.ReferencedProjects.Prepend(model.Compilation.Assembly))
        {
            if (!KnowsQueries(project)) continue;
            if (model.Implementations.SourceOf(project) is not { } source)
            {
                found.UnionWith(project.TypeNames.Where(IsLikely));
                continue;
            }

            foreach (var tree in source.SyntaxTrees) found.UnionWith(Likely.Of(tree));
        }

        return [.. found.OrderBy(n => n, StringComparer.Ordinal)];
    }

    private static bool IsLikely(string type) => Array.Exists(Endings, e => type.EndsWith(e, StringComparison.Ordinal));

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
