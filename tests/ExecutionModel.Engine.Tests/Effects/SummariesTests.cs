using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Engine.Tests.Effects;

public sealed class SummariesTests
{
    private static Summary Of(string members, string name = "Run", string more = "", string? library = null)
    {
        var program = TestProgram.Of($"{more} class C(HttpClient http) {{ int state; {members} public void M() {{ GC.KeepAlive((http, state)); }} }}", library);
        return program.Model.Summaries.Of(program.Method("C", name), null, Summaries.Depth);
    }

    [Fact]
    public void BodyThatReads_IsAsyncIo()
    {
        var summary = Of("async Task<string> Run() => await http.GetStringAsync(\"/a\");");
        Assert.Equal((Confidence.Certain, Waiting.AsyncIo, false), (summary.Confidence, summary.Waiting, summary.Writes));
    }

    [Fact]
    public void ThreeCallsDown_AreRead() => Assert.Equal(
        Waiting.AsyncIo, Of("Task<string> Run() => A(); Task<string> A() => B(); Task<string> B() => D(); Task<string> D() => http.GetStringAsync(\"/a\");").Waiting);

    [Fact]
    public void FourCallsDown_AreUnknown() => Assert.Equal(
        Confidence.Unknown, Of("Task<string> Run() => A(); Task<string> A() => B(); Task<string> B() => D(); Task<string> D() => E(); Task<string> E() => F(); Task<string> F() => http.GetStringAsync(\"/a\");").Confidence);

    [Fact]
    public void BodyThatPosts_Writes() => Assert.True(Of("Task Run() => http.PostAsync(\"/a\", null);").Writes);

    [Fact]
    public void WrittenField_Escapes() => Assert.Contains(Of("void Run() => state++;").Effects, e => e is { Access: Access.Write, Place.Kind: PlaceKind.Member });

    [Fact]
    public void OwnListAndLocals_StayInside() => Assert.DoesNotContain(Of("int Run() { var l = new List<int>(); l.Add(1); var n = l.Count; n++; return n; }").Effects, e => e.Access != Access.Read);

    [Fact]
    public void ArgumentsList_IsThePassedOne() => Assert.Contains(
        Of("void Run(List<int> l) => Add(l); void Add(List<int> x) => x.Add(1);").Effects, e => e is { Access: Access.Write, Place: { Kind: PlaceKind.Contents, Symbol.Name: "l" } });

    [Fact]
    public void Delegate_IsUnknown() => Assert.Equal("a delegate is invoked", Of("int Run(Func<int> f) => f();").Obstacle);

    [Fact]
    public void ThrowBeforeTheTask_ThrowsEarly() => Assert.True(Of("Task<string> Run(string? a) { if (a is null) throw new ArgumentNullException(); return http.GetStringAsync(a); }").ThrowsEarly);

    [Fact]
    public void ThrowInAnAsyncMethod_ComesWithTheTask() => Assert.False(Of("async Task<string> Run(string? a) { if (a is null) throw new ArgumentNullException(); return await http.GetStringAsync(a); }").ThrowsEarly);

    [Fact]
    public void SoleImplementation_StandsForItsInterface() => Assert.Equal(
        (Confidence.Certain, Waiting.AsyncIo),
        Of("Task<string> Run(IApi api) => api.Load();", more: "interface IApi { Task<string> Load(); } class Api(HttpClient http) : IApi { public Task<string> Load() => http.GetStringAsync(\"/a\"); }") is var s ? (s.Confidence, s.Waiting) : default);

    [Fact]
    public void TwoImplementations_AreJoined() => Assert.True(
        Of("Task<string> Run(IApi api) => api.Load();", more: """
            interface IApi { Task<string> Load(); }
            class Reads(HttpClient http) : IApi { public Task<string> Load() => http.GetStringAsync("/a"); }
            class Posts(HttpClient http) : IApi { public async Task<string> Load() => (await http.PostAsync("/a", null)).ToString(); }
            """).Writes);

    [Fact]
    public void ContextOfItsOwn_IsNobodyElses() => Assert.DoesNotContain(
        Of("async Task<object?> Run(Db shared) { await using var c = new Db(); return await c.FindAsync<object>(1); }", more: "class Db : Microsoft.EntityFrameworkCore.DbContext { }").Effects,
        e => e.Place.Kind == PlaceKind.UnitOfWork);

    [Fact]
    public void ContextOfTheCaller_IsTheCallers() => Assert.Contains(
        Of("async Task<object?> Run(Db given) => await given.FindAsync<object>(1);", more: "class Db : Microsoft.EntityFrameworkCore.DbContext { }").Effects,
        e => e.Place is { Kind: PlaceKind.UnitOfWork, Symbol.Name: "given" });

    [Fact]
    public void ReadOfAServiceInside_IsLikely() => Assert.Equal(
        (Confidence.Likely, Waiting.AsyncIo),
        Of("async Task<string> Run(IApi api) => await api.GetAsync(1);", more: "", library: "public interface IApi { Task<string> GetAsync(int id); } public sealed class Api(HttpClient http) : IApi { public Task<string> GetAsync(int id) => http.GetStringAsync(\"/a\" + id); }") is var s ? (s.Confidence, s.Waiting) : default);

    [Fact]
    public void FillingACache_IsNoWaiting() => Assert.Equal(
        Waiting.Memory,
        Of("async Task<string?> Run(Microsoft.Extensions.Caching.Memory.IMemoryCache cache) => await Microsoft.Extensions.Caching.Memory.CacheExtensions.GetOrCreateAsync(cache, \"a\", async e => await http.GetStringAsync(\"/a\"));").Waiting);

    [Fact]
    public void WriteOfAServiceInside_IsUnknown() => Assert.Equal(
        Confidence.Unknown,
        Of("async Task<string> Run(IApi api) => await api.SaveAsync(1);", library: "public interface IApi { Task<string> SaveAsync(int id); } public sealed class Api(HttpClient http) : IApi { public Task<string> SaveAsync(int id) => http.GetStringAsync(\"/a\" + id); }").Confidence);

    [Theory]
    [InlineData("[Get(\"/a\")] Task<string> Load();", Waiting.AsyncIo, false)]
    [InlineData("[Post(\"/a\")] Task<string> Load();", Waiting.AsyncIo, true)]
    [InlineData("Task<string> Load();", Waiting.Unstated, false)]
    public void GeneratedClient_DoesWhatItsAttributesSay(string method, Waiting waiting, bool writes)
    {
        var program = TestProgram.Of($$"""
            namespace Refit { public class HttpMethodAttribute(string path) : Attribute { public string Path => path; } public class GetAttribute(string path) : HttpMethodAttribute(path); public class PostAttribute(string path) : HttpMethodAttribute(path); }
            namespace App { using Refit; public interface IApi { {{method}} } }
            """);
        var summary = program.Model.Summaries.Of(program.Method("App.IApi", "Load"), null, Summaries.Depth);
        Assert.Equal((waiting, writes, waiting == Waiting.Unstated ? Confidence.Unknown : Confidence.Likely), (summary.Waiting, summary.Writes, summary.Confidence));
    }
}
