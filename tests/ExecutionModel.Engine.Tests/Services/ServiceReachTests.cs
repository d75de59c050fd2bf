using ExecutionModel.Engine.Services;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Tests.Services;

public sealed class ServiceReachTests
{
    private const string Data = """
        public class Db : Microsoft.EntityFrameworkCore.DbContext { }
        public class Web(HttpClient http) { public HttpClient Http => http; }
        public class Api : IApi { public Api(HttpClient http) { } }
        public interface IApi { }
        """;

    /// <summary>What the type of <c>C.f</c> reaches.</summary>
    private static Reach Of(string type, string more = "", string? library = null)
    {
        var program = TestProgram.Of($"{(library is null ? Data : "")} {more} class C {{ public {type} f = default!; }}", library);
        return program.Model.Services.Of(((IFieldSymbol)program.Type("C").GetMembers("f").Single()).Type);
    }

    private static string Say(Reach reach) => reach.Obstacle ?? string.Join(
        ", ", new[] { reach.UnitOfWork?.Name, reach.ReachesIo ? "io" : "no io" }.Concat(reach.Stateful.Select(s => "state of " + s.Name)).OfType<string>());

    [Theory]
    [InlineData("HttpClient", "io")]
    [InlineData("Db", "Db, io")]
    [InlineData("Web", "io")]
    [InlineData("IApi", "io")]
    [InlineData("IEnumerable<IApi>", "io")]
    [InlineData("IReadOnlyList<Db>", "Db, io")]
    [InlineData("Lazy<Db>", "Db, io")]
    [InlineData("Microsoft.EntityFrameworkCore.IDbContextFactory<Db>", "io")]
    [InlineData("Func<Db>", "Db, io")]
    [InlineData("Func<int, Db>", "Db, io")]
    [InlineData("Func<Db, Microsoft.EntityFrameworkCore.DbSet<Api>>", "no io")]
    [InlineData("Func<int, DateTime>", "no io")]
    [InlineData("Func<Task<int>>", "'Func' is a delegate")]
    [InlineData("Action", "'Action' is a delegate")]
    [InlineData("IServiceProvider", "no implementation of 'IServiceProvider' is in sight")]
    [InlineData("System.Net.Sockets.SocketAsyncEventArgs", "'SocketAsyncEventArgs' is not in the catalogue")]
    public void OneType_Reaches(string type, string reach) => Assert.Equal(reach, Say(Of(type)));

    [Theory]
    [InlineData("class S(Db db) { public Db Db => db; }", "Db, io")]
    [InlineData("class S { readonly Db db; public S(Db db) => this.db = db; public Db Db => db; }", "Db, io")]
    [InlineData("class S { public S(Db db) { } }", "Db, io")]
    [InlineData("class Root { protected Root(Db db) { } } class S(Db db) : Root(db);", "Db, io")]
    [InlineData("class S { [Inject] public Db Db { get; set; } = null!; } class InjectAttribute : Attribute { }", "Db, io")]
    [InlineData("class S { [Inject] public Web Web { get; set; } = null!; } class InjectAttribute : Attribute { }", "io")]
    [InlineData("class S(Web web) { public Web Web => web; }", "io")]
    [InlineData("class S { public required Web Web { get; init; } }", "io")]
    [InlineData("record Options(string Name); class S(Web web, Options options, TimeSpan wait) { public object All => (web, options, wait); }", "io")]
    public void ConstructorsFieldsAndProperties_AreFollowed(string source, string reach) => Assert.Equal(reach, Say(Of("S", source)));

    [Theory]
    [InlineData("class S(HttpClient http) { int n; public int Next() => n++ + http.GetHashCode(); }", "io, state of S")]
    [InlineData("class S(HttpClient http) { readonly List<int> l = []; public int Next() { l.Add(1); return http.GetHashCode(); } }", "io, state of S")]
    [InlineData("class S { HttpClient http; public S(HttpClient http) { this.http = http; } public int N => http.GetHashCode(); }", "io")]
    [InlineData("class S { HttpClient http; public S(HttpClient http) { this.http = http; } public void Swap() => http = new(); }", "io, state of S")]
    [InlineData("class S(HttpClient http) { public void Swap() => http = new(); }", "io, state of S")]
    [InlineData("class S { internal HttpClient http = new(); }", "io, state of S")]
    [InlineData("class S(HttpClient http) { public HttpClient Http { get; private set; } = http; }", "io")]
    [InlineData("class S(HttpClient http) { public HttpClient Http { get; set; } = http; }", "io, state of S")]
    [InlineData("class S(HttpClient http) { public event Action? Changed; public int N { get { Changed?.Invoke(); return http.GetHashCode(); } } }", "io")]
    public void FieldsThatChange_AreState(string source, string reach) => Assert.Equal(reach, Say(Of("S", source)));

    [Theory]
    [InlineData("public Task<int> Run() => Task.FromResult(web.GetHashCode());", "io")]
    [InlineData("public Task<int> Run() => Task.FromResult(db.GetHashCode());", "Db, io")]
    [InlineData("public Task<int> Run() => Inner(); Task<int> Inner() => Task.FromResult(db.GetHashCode());", "Db, io")]
    [InlineData("public Task<int> Run() { Func<int> f = () => db.GetHashCode(); return Task.FromResult(f()); }", "Db, io")]
    [InlineData("public Task<int> Run() { Func<Task<int>> f = Inner; return f(); } Task<int> Inner() => Task.FromResult(db.GetHashCode());", "Db, io")]
    [InlineData("public Task<int> Run() => Task.FromResult(list.Count + web.GetHashCode());", "io, state of S")]
    [InlineData("public Task<int> Run() => Task.FromResult(n++ + web.GetHashCode());", "io, state of S")]
    [InlineData("public Task<int> Run() => Outside(this); static Task<int> Outside(S s) => s.Run();", "Db, io, state of S")]
    [InlineData("public Task<int> Run() => other.Read();", "io")]
    [InlineData("public Task<int> Run() => other.Write();", "Db, io")]
    [InlineData("public Task<int> Run() => Task.FromResult(other.GetHashCode() + Give(other)); static int Give(IOther o) => 1;", "Db, io")]
    public void OfAMethod_CountsWhatItsBodyUses(string members, string reach)
    {
        var program = TestProgram.Of($$"""
            {{Data}}
            interface IOther { Task<int> Read(); Task<int> Write(); }
            class Other(Web web, Db db) : IOther { public Task<int> Read() => Task.FromResult(web.GetHashCode()); public Task<int> Write() => Task.FromResult(db.GetHashCode()); }
            class S(Web web, Db db, IOther other) { int n; readonly List<int> list = []; public object All() { list.Add(n++); return (web, db, other); } {{members}} }
            """);
        Assert.Equal(reach, Say(program.Model.Services.Of(program.Method("S", "Run"), program.Type("S"))));
    }

    [Theory]
    [InlineData("interface I<T> { } class G<T>(Db db) : I<T> { public Db Db => db; }", "I<int>", "Db, io")]
    [InlineData("interface I<T> { } class U(Db db) : I<string> { public Db Db => db; } class V(Web web) : I<int> { public Web Web => web; }", "I<int>", "io")]
    [InlineData("interface I<T> { } class G<T>(IOther<T> o) : I<T> { public object O => o; } interface IOther<T> { } class U(Web web) : IOther<int> { public Web Web => web; } class V(Db db) : IOther<string> { public Db Db => db; }", "I<int>", "io")]
    [InlineData("class G<T>(T context) where T : Db { public T Context => context; }", "G<Db>", "Db, io")]
    public void Generics_AreClosed(string source, string type, string reach) => Assert.Equal(reach, Say(Of(type, source)));

    [Fact]
    public void Decorator_AndWhatItDecorates() => Assert.Equal(
        "Db, io", Say(Of("I", "interface I { } class Inner(Db db) : I { public Db Db => db; } class Cached(I inner, Web web) : I { public object All => (inner, web); }")));

    [Fact]
    public void FiveImplementations_AreTooMany() => Assert.Equal("'I' has 5 implementations", Say(Of("I", "interface I { } class A : I; class B : I; class D : I; class E : I; class F : I;")));

    [Theory]
    [InlineData("s.AddScoped<I, A>();", "io")]
    [InlineData("s.AddKeyedSingleton<I, A>(\"a\");", "io")]
    [InlineData("s.AddHttpClient<I, A>();", "io")]
    [InlineData("s.TryAddTransient<I, A>();", "io")]
    [InlineData("s.AddScoped(typeof(I), typeof(A));", "io")]
    [InlineData("s.AddScoped<I>(p => new A(new HttpClient()));", "io")]
    [InlineData("s.AddScoped<I>(p => p.GetRequiredService<A>());", "io")]
    [InlineData("s.AddScoped<I, A>(); s.AddScoped<I, B>();", "Db, io")]
    [InlineData("s.AddScoped<I>(p => Make());", "Db, io")]
    [InlineData("s.AddScoped<I, A>(); s.AddScoped<I>(p => Make());", "Db, io")]
    [InlineData("s.AddScoped<I, D>();", "Db, io")]
    public void Registration_SaysWhoStandsBehind(string registration, string reach) => Assert.Equal(reach, Say(Of("I", $$"""
        interface I { }
        class A : I { public A(HttpClient http) { } }
        class B(Db db) : I { public Db Db => db; }
        class D(I inner) : I { public I Inner => inner; }
        static class Startup
        {
            static I Make() => null!;
            public static void Register(IServiceCollection s) { {{registration}} }
        }
        """)));

    [Fact]
    public void RegistrationForTheInterfaceOfALibrary_IsFound() => Assert.Equal("io", Say(Of("IComparer<string>", """
        class A : IComparer<string> { public A(HttpClient http) { } public int Compare(string? x, string? y) => 0; }
        static class Startup { public static void Register(IServiceCollection s) => s.AddSingleton<IComparer<string>, A>(); }
        """)));

    [Fact]
    public void ImplementationInAReferencedProject_ByItsConstructor() => Assert.Equal("Db, io", Say(Of("IUsers", "", """
        public class Db : Microsoft.EntityFrameworkCore.DbContext { }
        public interface IUsers { }
        internal sealed class Users : IUsers { private readonly Db db; public Users(Db db) => this.db = db; public override string ToString() => db.ToString()!; }
        """)));

    [Fact]
    public void Attributes_HaveTheLastWord()
    {
        const string marks = "class ConcurrencySafeAttribute : Attribute { } class NotConcurrencySafeAttribute : Attribute { }";
        Assert.Equal("io", Say(Of("S", marks + "[ConcurrencySafe] class S(Func<Db> f) { public object F => f; }")));
        Assert.Equal("S, no io", Say(Of("S", marks + "[NotConcurrencySafe] class S { }")));
    }

    [Fact]
    public void GeneratedClient_IsIoAndSafe() => Assert.Equal("io", Say(Of("App.IApi", """
        namespace Refit { public class HttpMethodAttribute(string path) : Attribute { public string Path => path; } public class GetAttribute(string path) : HttpMethodAttribute(path); }
        namespace App { public interface IApi { [Refit.Get("/a")] Task<string> Load(); } }
        """)));

    [Fact]
    public void Mediator_IsUnknown() => Assert.Equal("no implementation of 'ISender' is in sight", Say(Of("S", "public interface ISender { Task<T> Send<T>(object o); } class S(ISender sender) { public object F => sender; }")));
}
