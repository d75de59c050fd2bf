using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Perf.Analysis.Inputs;

/// <summary>What is analysed: one or more projects that compile.</summary>
/// <param name="Name">Part of the ids of results.</param>
public sealed record Input(string Name, string What, IReadOnlyList<CSharpCompilation> Projects)
{
    public int Lines { get; } = Projects.Sum(p => p.SyntaxTrees.Sum(t => t.GetText().Lines.Count));

    /// <summary>
    /// The same texts and references in compilations that know nothing yet. Trees are parsed anew: the nodes of an old one are there or not, as the collector
    /// pleased, and that is up to an eighth of what our rules allocate.
    /// </summary>
    public IReadOnlyList<CSharpCompilation> Fresh() => [.. Projects.Select(p => p.RemoveAllSyntaxTrees().AddSyntaxTrees(p.SyntaxTrees.Select(Parsed)))];

    private static SyntaxTree Parsed(SyntaxTree tree) => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath);

    /// <summary>Code that does not compile would be measured for nothing.</summary>
    public Input Checked()
    {
        foreach (var project in Fresh())
        {
            var errors = project.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).ToArray();
            if (errors.Length > 0) throw new InvalidOperationException($"{Name} does not compile:\n" + string.Join("\n", errors.Select(e => e.ToString())));
        }

        return this;
    }
}
