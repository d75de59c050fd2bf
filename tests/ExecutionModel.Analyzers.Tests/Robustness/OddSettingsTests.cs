using ExecutionModel.Analyzers.Tests.Conventions;
using ExecutionModel.Analyzers.Tests.Harness;
using ExecutionModel.Analyzers.Tests.Samples;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Robustness;

/// <summary>Options and catalogues are written by hand: nothing in them makes a rule throw or lose its other findings.</summary>
public sealed class OddSettingsTests
{
    private const string Calls = """
        class C
        {
            async Task<string[]> M(HttpClient http, string[] keys)
            {
                var a = await http.GetStringAsync("a" + string.Concat("b", "c"));
                var b = await http.GetStringAsync("b");
                return await Task.WhenAll(keys.Select(k => http.GetStringAsync(k + a + b)));
            }
        }
        """;

    public static TheoryData<string> Values => new("", " ", "-1", "0", "999999999999999999999", "NaN", "true", "null", "likely,certain", "\u0000", "ﬁ", new string('9', 5000));

    public static TheoryData<string> Lines => new(
        ";", ":", "T:", "M:", "N:", "T:;", "M:.;io", "M:a.;io", "M:.b;io", "T:+ ; safe", "N:+ ; host=web", "M:a.{ ; io", "M:a.} ; io", "M:a.*b*; io", "M:a.b(;io", "M:a.b(,); io",
        "T:a ; =", "T:a ; =x", "T:a ; cpu=", "T:a ; cpu=1e9ms", "T:a ; cpu=.ms", "T:a ; cpu=1ms/", "T:a ; cpu=1ms/byte", "T:a ; cpu=1ms/arg", "T:a ; cpu=1ms/arg99999999999",
        "T:a ; on=", "T:a ; on=network:", "T:a ; on=network:arg", "T:a ; on=7", "T:a ; host=99", "T:a ; size=", "T:a ; invokes=arg-1", "T:a ; safe=1", "##", "\u0000", "T:\u2028a ; safe",
        "M:System.Net.Http.HttpClient.{,}*{,}({});io", "M:System.String.Concat(*,*) ; io\rT:b ; nonsense", "N:System+ ; host=orchestrator", "T:System.Object+ ; unit-of-work write", "M:System.Object+.* ; blocking cpu=1s");

    [Theory]
    [MemberData(nameof(Values))]
    public async Task OptionValue_NothingThrows(string value)
    {
        var project = TestProject.Create(Calls, TestSettings.Default with
        {
            Options = RuleOptions.All.ToDictionary(o => o.Key, _ => value),
        }).Project;
        await Analysis.Run(project, RuleRoom.Analyzers);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task CatalogueLine_NothingThrows(string line)
    {
        var project = TestProject.Create(Calls, TestSettings.Default with { AdditionalFiles = [new("Odd.ExecutionCatalogue.txt", line + "\n" + line, Verbatim: true)] }).Project;
        await Analysis.Run(project, RuleRoom.Analyzers);
    }

    [Fact]
    public async Task LongCatalogue_NothingThrows()
    {
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(n => $"T:Shop.Type{n} ; safe\n"));
        var project = TestProject.Create("class C;", TestSettings.Default with { AdditionalFiles = [new("Long.ExecutionCatalogue.txt", lines)] }).Project;
        Assert.Equal(20_000, (await Analysis.Run(project, RuleRoom.Analyzers)).Rules.Length);
    }

    [Fact]
    public async Task BadLines_KeepTheOtherFindings()
    {
        var expected = (await Analysis.Run(SampleFolder.Read("Before").Project, RuleRoom.Analyzers)).Rules.Select(d => d.ToString()).ToArray();
        var project = SampleFolder.Read("Before").Project.AddAdditionalDocument("Odd.ExecutionCatalogue.txt", SourceText.From("nonsense\nT:a ; b\n"), filePath: "/app/Odd.ExecutionCatalogue.txt").Project;
        var actual = (await Analysis.Run(project, RuleRoom.Analyzers)).Rules.Where(d => d.Id != "EXM001").Select(d => d.ToString());
        Assert.NotEmpty(expected);
        Assert.Equal(expected, actual);
    }
}
