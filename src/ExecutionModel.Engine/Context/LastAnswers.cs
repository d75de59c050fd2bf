using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// What each file answers to a question about its text, kept as long as the file. The question hangs on the rest of the compilation, but seldom changes: while
/// somebody types in one file, the next compilation asks the others the same.
/// </summary>
/// <param name="same">Two questions are the same.</param>
/// <param name="look">Reads the answer off the file: numbers and words only, neither nodes nor symbols.</param>
internal sealed class LastAnswers<TQuestion, TAnswer>(Func<TQuestion, TQuestion, bool> same, Func<SyntaxTree, TQuestion, TAnswer> look)
    where TQuestion : class
{
    private readonly KeptPerFile<StrongBox<Kept?>> files = new(static _ => new());

    /// <summary>The question as these files know it: asked by the same object, they need not compare it.</summary>
    public TQuestion Known(IEnumerable<SyntaxTree> asked, TQuestion question)
    {
        foreach (var file in asked)
        {
            if (files.Known(file)?.Value is { } kept && same(kept.Question, question)) return kept.Question;
        }

        return question;
    }

    /// <param name="question">As <see cref="Known"/> gave it.</param>
    public TAnswer Of(SyntaxTree file, TQuestion question)
    {
        var last = files.Of(file);
        if (last.Value is { } kept && ReferenceEquals(kept.Question, question)) return kept.Answer;
        var answer = look(file, question);
        last.Value = new(question, answer); // whole: a thread with another question sees this answer or its own
        return answer;
    }

    private sealed record Kept(TQuestion Question, TAnswer Answer);
}
