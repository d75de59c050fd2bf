using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>An update that waits in its middle is found by its syntax, however it is written.</summary>
public sealed class WrittenUpdateTests
{
    [Theory]
    [InlineData("{ [|total += await http.GetStringAsync(\"/\")|]; }")]
    [InlineData("{ [|total = total + await http.GetStringAsync(\"/\")|]; }")]
    [InlineData("{ [|total = (total + await http.GetStringAsync(\"/\"))|]; }")]
    [InlineData("{ [|C.total += (await http.GetStringAsync(\"/\")).Trim()|]; }")]
    [InlineData("{ [|total += $\"; {await http.GetStringAsync(\"/\")}\"|]; }")]
    [InlineData("{ if (id > 0) [|total += await http.GetStringAsync(\"/\")|]; }")]
    [InlineData("=> [|total += await http.GetStringAsync(\"/\")|];")]
    [InlineData("{ Func<Task> load = async () => [|total += await http.GetStringAsync(\"/\")|]; await load(); }")]
    public Task UpdateOfAStatic_IsSuggestion(string body) => Verify.Suggestion(Method(body));

    [Theory]
    [InlineData("{ total = await http.GetStringAsync(\"/\"); }")]
    [InlineData("{ var own = \"\"; own += await http.GetStringAsync(\"/\"); total = own; }")]
    [InlineData("{ var page = await http.GetStringAsync(\"/\"); total += page; }")]
    [InlineData("{ total = await http.GetStringAsync(\"/a\") + await http.GetStringAsync(\"/b\"); }")]
    [InlineData("{ if (await http.GetStringAsync(\"/\") == \"\") total += \"none\"; }")]
    public Task UpdateWithoutAWaitInIt_IsSilent(string body) => Verify.Analyzer(Method(body));

    private static string Method(string body) => $$"""
        using System;
        using System.Net.Http;
        using System.Threading.Tasks;

        public sealed class C(HttpClient http)
        {
            private static string total = "";

            public static string Total => total;

            public async Task M(int id) {{body}}
        }
        """;
}
