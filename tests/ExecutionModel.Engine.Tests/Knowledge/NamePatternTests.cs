using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Engine.Tests.Knowledge;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("Read", "Read")]
    [InlineData("Read*", "ReadAsync")]
    [InlineData("Read*", "Read")]
    [InlineData("*Async", "ReadAsync")]
    [InlineData("*", "Anything")]
    [InlineData("Read*Async", "ReadAsync")]
    [InlineData("Read*Async", "ReadAllLinesAsync")]
    [InlineData("{Post,Put}Async", "PutAsync")]
    [InlineData("{Post, Put}Async", "PutAsync")]
    [InlineData("{Post,Put}*Async", "PostAsJsonAsync")]
    [InlineData("Get*{Async,Task}", "GetUserTask")]
    [InlineData("{Get,Find}{One,Many}", "FindMany")]
    [InlineData("#ctor", "#ctor")]
    public void Pattern_Matches(string pattern, string name) => Assert.True(NamePattern.Parse(pattern).Matches(name));

    [Theory]
    [InlineData("Read", "ReadAsync")]
    [InlineData("Read", "read")]
    [InlineData("Read*", "TryRead")]
    [InlineData("*Async", "ReadAsyncCore")]
    [InlineData("Read*Async", "Read")]
    [InlineData("AB*BC", "ABC")] // head and tail must not share letters
    [InlineData("{Post,Put}Async", "PatchAsync")]
    [InlineData("{Post,Put}*Async", "Postpone")]
    [InlineData("{Get,Find}{One,Many}", "Get")]
    public void Pattern_DoesNotMatch(string pattern, string name) => Assert.False(NamePattern.Parse(pattern).Matches(name));

    [Theory]
    [InlineData("Read**", "more than one '*'")]
    [InlineData("*Read*", "more than one '*'")]
    [InlineData("{Post,Put", "without '}'")]
    [InlineData("Post}", "without '{'")]
    [InlineData("{Post*,Put}", "without '}'")]
    public void BadPattern_IsRefused(string pattern, string because) =>
        Assert.Contains(because, Assert.Throws<FormatException>(() => NamePattern.Parse(pattern)).Message);

    [Fact]
    public void ExactName_BeatsEveryPattern() =>
        Assert.True(NamePattern.Parse("Get").Specificity > NamePattern.Parse("GetTheVeryLongNameOfSomeMethod*Async").Specificity);

    [Fact]
    public void LongerPattern_BeatsShorter() =>
        Assert.True(NamePattern.Parse("Get*Async").Specificity > NamePattern.Parse("*Async").Specificity);

    [Fact]
    public void Alternatives_AreOnePerCombination() =>
        Assert.Equal(["GetOne*Async", "GetOne*Task", "GetTwo*Async", "GetTwo*Task"], NamePattern.Parse("Get{One,Two}*{Async,Task}").Alternatives.Select(a => a.Text));
}
