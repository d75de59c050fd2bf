using ExecutionModel.Analyzers.Tests.Harness;
using Awaits = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;
using Blocking = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask.BlockingOnTaskAnalyzer>;
using HeavyWork = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath.CpuWorkOnAsyncPathAnalyzer>;
using Loops = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop.SequentialLoopAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules;

/// <summary>Wherever code stands in a member, and whatever else the member has, the rules see it.</summary>
public sealed class MemberShapeTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.ComponentModel; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks;\n";

    private const string TwoReads = "{ var a = [|await http.GetStringAsync(\"/a\")|]; var b = await http.GetStringAsync(\"/b\"); return a + b; }";

    [Theory]
    [InlineData("public async Task<string> M()")]
    [InlineData("[Obsolete] public async Task<string> M()")]
    [InlineData("[Obsolete(\"it waits\"), Description(\"twice\")] public async Task<string> M()")]
    [InlineData("[return: Description(\"both\")] public async Task<string> M()")]
    [InlineData("public async Task<string> M(CancellationToken stop = default)")]
    [InlineData("public async Task<string> M(int retries = 3, string path = \"/\")")]
    [InlineData("public async Task<string> M([Description(\"who\")] int id)")]
    [InlineData("[Obsolete] public async Task<string> M([Description(\"who\")] int id = 1)")]
    [InlineData("private readonly int limit = 3, other = 4; public async Task<string> M()")]
    public Task Method_Reports(string header) => Awaits.Analyzer($$"""
        {{Usings}}
        public class C(HttpClient http)
        {
            {{header}} {{TwoReads}}
        }
        """);

    [Theory]
    [InlineData("private readonly Func<Task<string>> load = async () => {0};")]
    [InlineData("private readonly Func<Task<string>>? none = null, load = async () => {0};")]
    [InlineData("[Description(\"it loads\")] private readonly Func<Task<string>> load = async () => {0};")]
    [InlineData("public Func<Task<string>> Load {{ get; }} = async () => {0};")]
    [InlineData("public Func<Task<string>> Load => async () => {0};")]
    [InlineData("public Func<Task<string>> Load {{ get => async () => {0}; }}")]
    [InlineData("public Func<Task<string>> Load {{ [Obsolete] get {{ return async () => {0}; }} }}")]
    [InlineData("public Func<Task<string>> this[int id] => async () => {0};")]
    [InlineData("public event Func<Task<string>> Load = async () => {0};")]
    [InlineData("public C() {{ Func<Task<string>> load = async () => {0}; }}")]
    [InlineData("public C(int id = 1) : this(\"\") {{ Func<Task<string>> load = async () => {0}; }} public C(string name) {{ }}")]
    [InlineData("public C(string name) : this(async () => {0}) {{ }} public C(Func<Task<string>> load) {{ }}")]
    [InlineData("static C() {{ Func<Task<string>> load = async () => {0}; }}")]
    [InlineData("~C() {{ Func<Task<string>> load = async () => {0}; }}")]
    [InlineData("public static Func<Task<string>> operator +(C left, C right) => async () => {0};")]
    [InlineData("public static implicit operator Func<Task<string>>(C from) {{ return async () => {0}; }}")]
    [InlineData("[Obsolete] public void M(int id = 1) {{ async Task<string> LoadAsync(int other = 2) {0} }}")]
    public Task FunctionInMember_Reports(string member) => Awaits.Analyzer($$"""
        {{Usings}}
        public class C
        {
            private static readonly HttpClient http = new();

            {{string.Format(System.Globalization.CultureInfo.InvariantCulture, member, TwoReads)}}
        }
        """);

    [Fact]
    public Task ArgumentsOfAPrimaryConstructor_Report() => Awaits.Analyzer($$"""
        {{Usings}}
        public class Base(Func<Task<string>> load) { public Task<string> Load() => load(); }

        [Obsolete]
        public class C(HttpClient http, int id = 1) : Base(async () => {{TwoReads}});
        """);

    [Fact]
    public Task LoopBesideADefaultValue_Reports() => Loops.Analyzer($$"""
        {{Usings}}
        public class C(HttpClient http)
        {
            [Obsolete]
            public async Task<List<string>> M(string[] urls, CancellationToken stop = default)
            {
                var pages = new List<string>();
                foreach (var url in urls) pages.Add([|await http.GetStringAsync(url)|]);
                return pages;
            }
        }
        """);

    [Fact]
    public Task WaitBesideAnAttribute_Reports() => Blocking.Analyzer($$"""
        {{Usings}}
        public class C(HttpClient http)
        {
            [Obsolete]
            public async Task<string> M(CancellationToken stop = default)
            {
                await Task.Yield();
                return [|http.GetStringAsync("/a").Result|];
            }
        }
        """);

    [Fact]
    public Task ComputingBesideARoute_Reports() => HeavyWork.Analyzer(Usings + """
        using System.Security.Cryptography;
        using Microsoft.AspNetCore.Mvc;

        public class C : ControllerBase
        {
            [HttpPost("/key")]
            public async Task<byte[]> M([FromBody] string password, CancellationToken stop = default)
            {
                await Task.Yield();
                return [|Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], 600_000, HashAlgorithmName.SHA256, 32)|];
            }
        }
        """);

    [Theory]
    [InlineData("[Description(\"await http.GetStringAsync(1); await http.GetStringAsync(2)\")] public Task<string> M() => http.GetStringAsync(\"/\");")]
    [InlineData("public Task<string> M(string code = \"await http.GetStringAsync(1); await http.GetStringAsync(2)\") => http.GetStringAsync(code);")]
    [InlineData("[Description(\"await, await\")] public int Id { get; set; }")]
    [InlineData("public enum Words { Await = 1, AwaitAgain = Await + 1 }")]
    [InlineData("public delegate Task<string> Load(string text = \"await http.GetStringAsync(1); await http.GetStringAsync(2)\");")]
    public Task WordsWithoutABody_AreSilent(string member) => Awaits.Analyzer($$"""
        {{Usings}}
        public class C(HttpClient http)
        {
            {{member}}
            public Task<string> Other() => http.GetStringAsync("/");
        }
        """);

    [Theory]
    [InlineData("public abstract Task<string> M(CancellationToken stop = default);")]
    [InlineData("[Obsolete] public partial Task<string> M(); public partial Task<string> M() => http.GetStringAsync(\"/\");")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"none\")] public static extern int M(int id);")]
    public Task MemberWithoutABody_IsSilent(string member) => Awaits.Analyzer($$"""
        {{Usings}}
        public abstract partial class C(HttpClient http)
        {
            {{member}}
            public Task<string> Other() => http.GetStringAsync("/");
        }
        """);
}
