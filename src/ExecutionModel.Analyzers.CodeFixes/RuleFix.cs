using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.CodeFixes;

/// <summary>One way to repair one diagnostic, already carried out.</summary>
/// <param name="Title">What the user reads: says what the edit does.</param>
/// <param name="Root">The rewritten root of the target's document.</param>
public sealed record RuleFix(string Title, SyntaxNode Root)
{
    /// <summary>
    /// Null for the repair that the rule stands for, in whichever form a place needs: "fix all" and <c>dotnet format</c> repeat the edits of one kind only, and
    /// should leave no form behind. A name for what is offered beside it.
    /// </summary>
    public string? Choice { get; init; }

    /// <summary>A file that the rewritten code needs. All fixes of a project share it: it is added once, and not at all where the project has it.</summary>
    public ProjectFile? Needs { get; init; }
}

/// <summary>A source file at the root of the project.</summary>
public sealed record ProjectFile(string Name, string Text)
{
    /// <summary>
    /// The workspace behind <c>dotnet format</c> lists every added file in the project file, and a project that takes all files of its folder then has it
    /// twice and no longer builds. An editor adds the file once; from then on <c>dotnet format</c> has nothing to add.
    /// </summary>
    internal static bool CanBeAdded(Workspace workspace) => workspace.Kind != WorkspaceKind.MSBuild;

    internal Solution AddTo(Solution solution, ProjectId projectId)
    {
        var project = solution.GetProject(projectId)!;
        foreach (var sibling in solution.Projects)
        {
            // The targets of a project with several target frameworks are projects of their own that share one project file, hence one folder.
            var same = sibling.Id == projectId || (project.FilePath is not null && sibling.FilePath == project.FilePath);
            if (same && sibling.Documents.Any(d => d.Name == Name && d.Folders.Count == 0)) return solution;
        }

        var path = Path.GetDirectoryName(project.FilePath) is { Length: > 0 } folder ? Path.Combine(folder, Name) : null;
        return solution.AddDocument(DocumentId.CreateNewId(projectId, Name), Name, SourceText.From(Text, System.Text.Encoding.UTF8), filePath: path);
    }
}
