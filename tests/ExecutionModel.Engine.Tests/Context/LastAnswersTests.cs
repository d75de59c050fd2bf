using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Engine.Tests.Context;

/// <summary>What files answered last, and to which question.</summary>
public sealed class LastAnswersTests
{
    private readonly SyntaxTree[] files = [CSharpSyntaxTree.ParseText("class A;"), CSharpSyntaxTree.ParseText("class B;")];
    private readonly List<string> looks = [];
    private readonly LastAnswers<string[], int> answers;

    public LastAnswersTests() => answers = new((one, other) => one.SequenceEqual(other), (tree, words) =>
    {
        looks.Add(string.Concat(words));
        return words.Count(w => tree.GetText().ToString().Contains(w));
    });

    [Fact]
    public void SameQuestionInTheNextCompilation_IsNotLookedUpAgain()
    {
        Assert.Equal([1, 0], Ask("A"));
        Assert.Equal([1, 0], Ask("A"));
        Assert.Equal(["A", "A"], looks);
    }

    [Fact]
    public void OtherQuestion_IsLookedUp()
    {
        Assert.Equal([1, 0], Ask("A"));
        Assert.Equal([1, 1], Ask("A", "B"));
        Assert.Equal([1, 0], Ask("A"));
        Assert.Equal(6, looks.Count);
    }

    [Fact]
    public void FileThatWasAskedLongAgo_HidesNoneOfTheOthers()
    {
        Ask("A");
        Assert.Equal(1, answers.Of(files[1], answers.Known(files, ["B"])));
        Assert.Equal(1, answers.Of(files[1], answers.Known(files, ["B"])));
        Assert.Equal(["A", "A", "B"], looks);
    }

    private int[] Ask(params string[] words)
    {
        var question = answers.Known(files, words);
        return [.. files.Select(f => answers.Of(f, question))];
    }
}
