using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// What a file's text alone says, kept as long as the file: while one file is edited the others outlive their compilation, and are read once. Kept values hold
/// numbers and words, neither nodes nor symbols.
/// </summary>
internal sealed class KeptPerFile<T>(Func<SyntaxTree, T> look)
    where T : class
{
    private readonly ConditionalWeakTable<SyntaxTree, T> files = new();
    private readonly ConditionalWeakTable<SyntaxTree, T>.CreateValueCallback read = new(look);

    /// <summary>Null where nobody has asked about the file yet.</summary>
    public T? Known(SyntaxTree tree) => files.TryGetValue(tree, out var known) ? known : null;

    public T Of(SyntaxTree tree) => Known(tree) ?? files.GetValue(tree, read);
}
