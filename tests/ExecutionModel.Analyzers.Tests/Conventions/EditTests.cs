using ExecutionModel.Analyzers.Tests.Harness;
using ExecutionModel.Analyzers.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>
/// In an editor the files that nobody touches outlive their compilation, and what was read off their text is kept. What is said of them after an edit elsewhere is
/// what a fresh look at everything says.
/// </summary>
public sealed class EditTests
{
    private const string Helper = "Helper.cs";

    [Fact]
    public Task CalleeBeginsToBlock_CallerIsReported() => AfterTheEdit(
        "EXM104",
        "class C(HttpClient http) { public async Task<object> M() { await Task.Delay(1); return Helper.Ask(http); } }",
        "static class Helper { public static object Ask(HttpClient http) => http.Timeout; }",
        "static class Helper { public static object Ask(HttpClient http) => http.Send(new HttpRequestMessage()); }");

    [Fact]
    public Task CalleeBeginsToCompute_CallerIsReported() => AfterTheEdit(
        "EXM201",
        "class Users(WebApplication app) { void Map() => app.MapGet(\"/\", async (string word) => { await Task.Delay(1); return Helper.Key(word); }); }",
        "static class Helper { public static byte[] Key(string word) => System.Text.Encoding.UTF8.GetBytes(word); }",
        "static class Helper { public static byte[] Key(string word) => System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(word, new byte[16], 600_000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32); }");

    [Fact]
    public Task CalleeGetsANestedCountedLoop_CallerIsReported() => AfterTheEdit(
        "EXM201",
        "class Users(WebApplication app) { void Map() => app.MapGet(\"/\", async (int from) => { await Task.Delay(1); return Helper.Sum(from); }); }",
        "static class Helper { public static double Sum(int from) => from; }",
        "static class Helper { public static double Sum(int from) { var sum = 0.0; for (var i = 0; i < 100_000; i++) for (var j = 0; j < 10_000; j++) sum += Math.Sqrt(i * j + from); return sum; } }");

    [Theory]
    [InlineData("static class Helper { public static object Ask(HttpClient http) => http.Send(new HttpRequestMessage()); }")] // blocks
    [InlineData("static class Helper { public static object Ask(HttpClient http) => Task.Delay(http.Timeout).GetHashCode(); public static object Other(HttpClient http) => http.Send(new HttpRequestMessage()); }")] // does not
    public async Task CalleeBehindAFileThatNobodyTouches_AsAFreshLook(string changed)
    {
        const string code = "class C(HttpClient http) { public async Task<object> M() { await Task.Delay(1); return Middle.Ask(http); } }";
        const string middle = "static class Middle { public static object Ask(HttpClient http) => Inner.Ask(http); } static class Inner { public static object Ask(HttpClient http) => Helper.Ask(http); }";
        const string helper = "static class Helper { public static object Ask(HttpClient http) => http.Timeout; }";
        var first = Create(code, helper, middle);
        var before = Of("EXM104", await Lines(first));
        var after = Of("EXM104", await Lines(With(first, Helper, changed)));

        Assert.Empty(before);
        Assert.Equal(changed.Contains("Ask(HttpClient http) => http.Send"), after.Length == 1);
        Assert.Equal(Of("EXM104", await Lines(Create(code, changed, middle))), after);
        Assert.Empty(Of("EXM104", await Lines(With(With(first, Helper, changed), Helper, helper))));
    }

    [Fact]
    public Task ServiceGetsASecondClass_CallsAreLeftAlone() => AfterTheEdit(
        "EXM101",
        "class C(IPrices prices) { public async Task<int> M() { var a = await prices.OfAsync(1); var b = await prices.OfAsync(2); return a + b; } }",
        "public interface IPrices { Task<int> OfAsync(int id); } public class Prices(HttpClient http) : IPrices { public async Task<int> OfAsync(int id) => (await http.GetStringAsync(\"https://a.example/\" + id)).Length; }",
        "public interface IPrices { Task<int> OfAsync(int id); } public class Prices(HttpClient http) : IPrices { public async Task<int> OfAsync(int id) => (await http.GetStringAsync(\"https://a.example/\" + id)).Length; } "
            + "public class Counting : IPrices { private int asked; public async Task<int> OfAsync(int id) { await Task.Delay(1); return asked += id; } }");

    [Theory]
    [InlineData("CpuWorkOnAsyncPath.cs")]
    [InlineData("SharedUnsafeService.cs")]
    [InlineData("Program.cs")]
    public async Task FixedFileAmongTheSamples_AsAFreshLook(string file)
    {
        var before = SampleFolder.Read("Before").Project;
        var text = SampleFolder.Read("After").Files.Single(f => f.Name == file).Text;
        await Analysis.Run(before, RuleRoom.Analyzers);

        var edited = await Lines(With(before, file, text));
        Assert.NotEmpty(edited);
        Assert.Equal(await Lines(With(SampleFolder.Read("Before").Project, file, text)), edited);
    }

    /// <summary>The edit of the helper changes what the rule says of the code, to what it says of both when it never saw them before.</summary>
    private static async Task AfterTheEdit(string rule, string code, string helper, string changed)
    {
        var first = Create(code, helper);
        var before = Of(rule, await Lines(first));
        var after = Of(rule, await Lines(With(first, Helper, changed)));

        Assert.NotEqual(before, after);
        Assert.Equal(Of(rule, await Lines(Create(code, changed))), after);
        Assert.Equal(before, Of(rule, await Lines(With(With(first, Helper, changed), Helper, helper))));
    }

    private static Project Create(string code, string helper, string middle = "") => TestProject.Create(code, TestSettings.Web with { Sources = [new TestFile(Helper, helper), new TestFile("Middle.cs", middle)] }).Project;

    private static Project With(Project project, string file, string text) => project.Documents.Single(d => d.Name == file).WithText(SourceText.From(text)).Project;

    private static string[] Of(string rule, IEnumerable<string> lines) => [.. lines.Where(l => l.Contains(rule))];

    private static async Task<IEnumerable<string>> Lines(Project project) =>
        (await Analysis.Run(project, RuleRoom.Analyzers)).Rules.Select(d => $"{d} {string.Join(" ", d.AdditionalLocations)}").ToArray();
}
