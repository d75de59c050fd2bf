using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>What the syntax alone turns away before a body is bound: never a pair that the rule would report.</summary>
public sealed class WrittenAwaitTests
{
    [Theory]
    [InlineData("var a = READ; var b = await http.GetStringAsync(\"/b\"); return a + b;")]
    [InlineData("return READ + await http.GetStringAsync(\"/b\");")]
    [InlineData("string a; a = READ; var b = await http.GetStringAsync(\"/b\"); return a + b;")]
    [InlineData("var a = READ; string b; { b = await http.GetStringAsync(\"/b\"); } return a + b;")]
    [InlineData("if (id > 0) { var a = READ; var b = await http.GetStringAsync(\"/b\"); return a + b; } return \"\";")]
    [InlineData("switch (id) { case 1: var a = READ; var b = await http.GetStringAsync(\"/b\"); return a + b; default: return \"\"; }")]
    [InlineData("var path = READ; var b = await http.GetStringAsync(request.path); return path + b;")]
    [InlineData("var requestUri = READ; var b = await http.GetStringAsync(requestUri: \"/b\"); return requestUri + b;")]
    [InlineData("var a = (READ); var b = (await (http.GetStringAsync(\"/b\"))); return a + b;")]
    [InlineData("var a = READ; Func<int> more = () => { return 1; }; var b = await http.GetStringAsync(\"/b\"); return a + b + more();")]
    [InlineData("var a = READ; int More() { return 1; } var b = await http.GetStringAsync(\"/b\"); return a + b + More();")]
    [InlineData("if (id < 0) return \"\"; var a = READ; var b = await http.GetStringAsync(\"/b\"); if (a == b) return a; return b;")]
    [InlineData("var first = await http.GetStringAsync(\"/first\"); if (first == \"\") return first; var a = READ; var b = await http.GetStringAsync(\"/b\"); return a + b;")]
    [InlineData("var a = READ; var c = await http.GetStringAsync(a); var b = await http.GetStringAsync(\"/b\"); return a + b + c;")]
    [InlineData("var seen = \"await\"; /* await */ var a = READ; var b = await http.GetStringAsync(\"/b\"); return a + b + seen; // await")]
    public Task IndependentPair_Reports(string body) => Verify.Analyzer(Method(body.Replace("READ", "[|await http.GetStringAsync(\"/a\")|]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("var a = await http.GetStringAsync(\"/a\"); var b = await http.GetStringAsync(a); return b;")]
    [InlineData("var a = await http.GetStringAsync(\"/a\"); var url = a.Trim(); var b = await http.GetStringAsync(url); return b;")]
    [InlineData("var (a, n) = (await http.GetStringAsync(\"/a\"), 1); var b = await http.GetStringAsync(a); return b + n;")]
    [InlineData("string a; (a, _) = (await http.GetStringAsync(\"/a\"), 1); var b = await http.GetStringAsync(a); return b;")]
    [InlineData("if (await http.GetStringAsync(\"/a\") is { Length: > 0 } a) id++; else a = \"\"; var b = await http.GetStringAsync(a); return b;")]
    [InlineData("var a = await http.GetStringAsync(\"/a\"); if (a == \"\") return a; return await http.GetStringAsync(\"/b\");")]
    [InlineData("var a = await http.GetStringAsync(\"/a\"); _ = a == \"\" ? throw new ArgumentException(a) : 1; return await http.GetStringAsync(\"/b\");")]
    [InlineData("return await (await http.GetAsync(\"/a\")).Content.ReadAsStringAsync();")]
    [InlineData("var task = http.GetStringAsync(\"/a\"); var a = await http.GetStringAsync(\"/a\"); await task; var b = await http.GetStringAsync(a); return b;")]
    [InlineData("if (id > 0) return await http.GetStringAsync(\"/a\"); else return await http.GetStringAsync(\"/b\");")]
    public Task PairThatHangsTogether_IsSilent(string body) => Verify.Analyzer(Method(body));

    private static string Method(string body) => $$"""
        using System;
        using System.Net.Http;
        using System.Threading.Tasks;

        public sealed record Request(string path);

        public sealed class C(HttpClient http)
        {
            public async Task<string> M(Request request, int id)
            {
                {{body}}
            }
        }
        """;
}
