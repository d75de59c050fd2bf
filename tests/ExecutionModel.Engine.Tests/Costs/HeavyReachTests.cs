using ExecutionModel.Engine.Costs;

namespace ExecutionModel.Engine.Tests.Costs;

/// <summary>Which methods could be heavy, by their text alone.</summary>
public sealed class HeavyReachTests
{
    private const string Key = "byte[] Key(string word) => System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(word, new byte[16], 600_000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);";
    private const string Loop = "for (var i = 0; i < 1_000_000; i++) sum += i;";

    /// <summary>Of <c>C.M</c>: the method with all in it, what it runs when it is called.</summary>
    private static (bool Whole, bool WhenCalled) Of(string members, int reach = 3)
    {
        var program = TestProgram.Of($"class C {{ {members} static void Later(Action work) {{ }} }}");
        var method = program.Method("C", "M");
        return (program.Model.HeavyReach.May(method, reach, HeavyShape.Counted), program.Model.HeavyReach.MayWhenCalled(method, reach, HeavyShape.Counted));
    }

    [Theory]
    [InlineData("void M(int sum) { " + Loop + " }")]
    [InlineData("void M(string word) { Key(word); } " + Key)]
    [InlineData("void M(string word) { N(word); } void N(string word) => Key(word); " + Key)]
    [InlineData("void M(string word) { Later(() => { }); Key(word); } " + Key)]
    [InlineData("void M(int sum) { L(); void L() { " + Loop + " } }")]
    public void WhatItRuns_BothWays(string members) => Assert.Equal((true, true), Of(members));

    [Theory]
    [InlineData("void M(int sum) { Later(() => { " + Loop + " }); }")]
    [InlineData("void M(string word) { Later(() => Key(word)); } " + Key)]
    [InlineData("void M(string word) { Later(delegate { Key(word); }); } " + Key)]
    [InlineData("void M(string word) { Later(() => Key(word)); } class D { void M(string word) { Later(() => Key(word)); } } static " + Key)]
    public void WhatOnlyALambdaOfItRuns_NotWhenItIsCalled(string members) => Assert.Equal((true, false), Of(members));

    [Theory]
    [InlineData("void M(string word) { N(word); } void N(string word) { Later(() => Key(word)); } " + Key)]
    [InlineData("void M() { }")]
    public void WhatOnlyALambdaOfACalleeRuns_Neither(string members) => Assert.Equal((false, false), Of(members));

    [Theory]
    [InlineData("string M(string text, string pattern) => System.Text.RegularExpressions.Regex.Replace(text, pattern, \"\");")]
    [InlineData("object M() => System.Security.Cryptography.RSA.Create(4096);")]
    [InlineData("void M(List<int> values) { values.Sort(); }")]
    public void AMemberOfTheCatalogue_OnItsTypeOrAnInstance_WhereverItIsDeclared(string members) => Assert.Equal((true, true), Of(members));

    [Fact]
    public void AStaticMember_ImportedFromItsType()
    {
        var program = TestProgram.Of("using static System.Text.RegularExpressions.Regex; class C { string M(string text, string pattern) => Replace(text, pattern, \"\"); }");
        Assert.True(program.Model.HeavyReach.May(program.Method("C", "M"), 3, HeavyShape.Counted));
    }

    /// <summary>Only the static <c>Regex.Replace</c> has a weight, and every file that holds a <c>Regex</c> replaces in strings.</summary>
    [Theory]
    [InlineData("string M(string text) => text.Replace(\"#\", \"%23\");")]
    [InlineData("string M(string text) => text?.Replace(\"#\", \"%23\") ?? \"\";")]
    [InlineData("string M(string text) => Words.Replace(text, \"\");")]
    [InlineData("string[] M(string text) => text.Split(',', ';');")]
    public void AStaticMembersName_OnAnInstance(string members) =>
        Assert.Equal((false, false), Of("static readonly System.Text.RegularExpressions.Regex Words = new(\"a+\"); " + members));
}
