using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Perf.Analysis.Loading;

/// <summary>An additional file, read once.</summary>
internal sealed class TextInFile(string path) : AdditionalText
{
    private readonly SourceText text = SourceText.From(File.ReadAllText(path));

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => text;
}
