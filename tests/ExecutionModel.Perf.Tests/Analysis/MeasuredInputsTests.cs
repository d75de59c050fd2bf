using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;

namespace ExecutionModel.Perf.Tests.Analysis;

public sealed class MeasuredInputsTests
{
    [Fact]
    public void Generated_HasEveryKindAndCompiles()
    {
        var code = MeasuredInputs.Generated(methods: 40, awaits: 12).Checked();
        Assert.Equal(40, code.Projects.SelectMany(p => p.SyntaxTrees).Sum(t => $"{t}".Split("public async Task<int> Work").Length - 1));
    }

    [Fact]
    public void Generated_IsTheSameEachTime() =>
        Assert.Equal(Texts(MeasuredInputs.Generated(40, 5)), Texts(MeasuredInputs.Generated(40, 5)));

    [Fact]
    public void EverySet_Loads()
    {
        var sets = AnalyzerSet.LoadAll();
        Assert.Equal(AnalyzerSet.Peers.Prepend(AnalyzerSet.OursName), sets.Select(s => s.Name));
        Assert.All(sets, s => Assert.NotEmpty(s.Analyzers));
        Assert.Contains("EXM101", sets[0].OneByOne().Select(r => r.Name));
    }

    private static IEnumerable<string> Texts(Input input) => input.Projects.SelectMany(p => p.SyntaxTrees).Select(t => $"{t}");
}
