using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>Replaces a bad name at its declaration. The subclasses are the mistakes that the harness must notice.</summary>
public class BadNameCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [BadNameAnalyzer.Id];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(CodeAction.Create("Rename", token => RenameAsync(context.Document, context.Span, token), "Rename"), context.Diagnostics);
        return Task.CompletedTask;
    }

    protected virtual string NewName(string name) => name.Replace("bad", "good", StringComparison.Ordinal);

    protected virtual Document Finish(Document document) => document;

    private async Task<Document> RenameAsync(Document document, TextSpan span, CancellationToken token)
    {
        var text = await document.GetTextAsync(token);
        return Finish(document.WithText(text.WithChanges(new TextChange(span, NewName(text.ToString(span))))));
    }

    public sealed class Breaking : BadNameCodeFix
    {
        protected override string NewName(string name) => "1" + name;
    }

    public sealed class Warning : BadNameCodeFix
    {
        protected override string NewName(string name) => "good = 1";
    }

    public sealed class Endless : BadNameCodeFix
    {
        protected override string NewName(string name) => name + "1";
    }

    public sealed class Idle : BadNameCodeFix
    {
        protected override string NewName(string name) => name;
    }

    public sealed class WithoutFixAll : BadNameCodeFix
    {
        public override FixAllProvider? GetFixAllProvider() => null;
    }

    public sealed class FixAllDiffers : BadNameCodeFix
    {
        public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, _) =>
            document.WithText((await document.GetTextAsync(context.CancellationToken)).Replace(0, 0, "// fixed\n")));
    }

    public sealed class AddingAFile : BadNameCodeFix
    {
        public override FixAllProvider? GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        {
            foreach (var diagnostic in diagnostics.OrderByDescending(d => d.Location.SourceSpan.Start)) document = await RenameAsync(document, diagnostic.Location.SourceSpan, context.CancellationToken);
            return document;
        });

        protected override Document Finish(Document document) => document.Project.Documents.Any(d => d.Name == "Added.cs")
            ? document
            : document.Project.AddDocument("Added.cs", "class Added;\n").Project.GetDocument(document.Id)!;
    }
}
