using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Tests.Context;

/// <summary>What of a body runs when it is called.</summary>
public sealed class OwnTextTests
{
    private static readonly CallWords Words = CallWords.For([]);

    [Theory]
    [InlineData("void M() { A(); }", "void |() { A(); }")]
    [InlineData("[Slow] void M(int n = 1) => A(n);", "[Slow] void |(int n = 1) => A(n);")]
    [InlineData("void M() { Map(\"/\", () => B()); A(); }", "void |() { Map(\"/\", |); A(); }")]
    [InlineData("void M() { Map(x => { D(() => B()); }); Map(delegate { B(); }); }", "void |() { Map(|); Map(|); }")]
    [InlineData("Func<int, int> M() => x => x + 1;", "Func<int, int> |() => |;")]
    [InlineData("void M() { L(); void L() { A(); Run(() => B()); } }", "void |() { L(); void L() { A(); Run(|); } }")]
    [InlineData("void M() { L(); int L() => D(x => x); }", "void |() { L(); int L() => D(|); }")]
    [InlineData("int M() => D(delegate { return 1; });", "int |() => D(|);")]
    [InlineData("int M(int n) => n switch { 0 => A(), _ => D(() => 1) };", "int |(int n) => n switch { 0 => A(), _ => D(|) };")]
    [InlineData("C() : base(() => B()) { A(); }", "|() : base(|) { A(); }")]
    [InlineData("int P { get { return A(); } }", "int P { get { return A(); } }")]
    public void AllButItsNameAndItsLambdas(string member, string own)
    {
        var file = CSharpSyntaxTree.ParseText($"class C {{ {member} }}");
        var code = ((TypeDeclarationSyntax)((CompilationUnitSyntax)file.GetRoot()).Members[0]).Members[0];
        Assert.Equal(own, string.Join("|", OwnText.Of(code, Words).Select(s => file.GetText().ToString(s))));
    }

    [Fact]
    public void OfALocalFunction_WithoutItsName()
    {
        var file = CSharpSyntaxTree.ParseText("class C { void M() { void L(int n) => L(n - 1); } }");
        var code = file.GetRoot().DescendantNodes().OfType<LocalFunctionStatementSyntax>().Single();
        Assert.Equal(["void ", "(int n) => L(n - 1);"], OwnText.Of(code, Words).Select(s => file.GetText().ToString(s)));
    }
}
