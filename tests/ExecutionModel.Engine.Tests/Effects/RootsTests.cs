using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Effects;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Tests.Effects;

public sealed class RootsTests
{
    private const string Data = """
        public class User { public int Id { get; set; } }
        public class Db : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<User> Users => Set<User>(); }
        public class DbFactory { public Db CreateContext() => new Db(); public virtual Db CreateOther() { var c = new Db(); return c; } }
        public class Box { public Box? Inner; public List<string> Items = []; }
        public interface IDbFactory { Db Open(); }
        """;

    /// <summary>The value handed to <c>See</c> in <c>C.M</c>.</summary>
    private static (TestProgram Program, Microsoft.CodeAnalysis.IOperation Value) Seen(string body, string members = "")
    {
        var program = TestProgram.Of($$"""
            {{Data}}
            class C { Db shared = new(); Box? box = null; List<string> list = []; static void See(object? o) { } {{members}} public async Task M(Db given, DbFactory factory, IDbFactory other) { await Task.CompletedTask; {{body}} } }
            """);
        return (program, program.Call("See").Arguments[0].Value);
    }

    private static string Names(string body, string members = "")
    {
        var (program, value) = Seen(body, members);
        var root = program.Model.Roots.Of(value);
        return root.Traced ? string.Join(" ", root.Symbols.Select(s => s.Name)) : "lost";
    }

    private static string Owner(string body, string members = "")
    {
        var (program, value) = Seen(body, members);
        var work = program.Model.Roots.UnitOfWork(value);
        return !work.Found ? "none" : $"{work.Owner?.Name ?? "shared"} {work.Confidence}";
    }

    [Theory]
    [InlineData("See(list);", "list")]
    [InlineData("var l = list; See(l);", "l list")]
    [InlineData("See(new List<string>());", "")]
    [InlineData("var l = new List<string>(); See(l);", "l")]
    [InlineData("See((object)(list));", "list")]
    [InlineData("var a = 1; var b = 2; { var l = list; a++; See(l); } b++; a++; b++;", "l list")]
    [InlineData("Func<string, Task> run = async text => { await using var l = new Db(); var a = 1; See(l.Users); a++; await using var o = new Db(); };", "Users l")]
    [InlineData("Func<Task> run = () => Task.Run(async () => { await using var l = new Db(); See(l.Users); });", "Users l")]
    [InlineData("Action run = () => list.ForEach(text => { var l = list; See(l); });", "l list")]
    [InlineData("var a = 1; Action run = () => { var l = list; a++; See(l); a--; };", "l list")]
    [InlineData("var a = 1; void Run() { a++; a--; using var l = new Db(); a++; See(l.Users); } Run();", "Users l")]
    [InlineData("See(given.Users.Local);", "Local Users given")]
    [InlineData("See(list?.Capacity);", "list")]
    [InlineData("See(await Task.FromResult(list));", "")]
    [InlineData("See(list[0]);", "this[] list")]
    [InlineData("See(Unknown());", "lost", "static object Unknown() => new();")]
    public void Of_FollowsTheChain(string body, string names, string members = "") => Assert.Equal(names, Names(body, members));

    /// <summary>A link of it stands inside of the call that the next link starts from.</summary>
    [Theory]
    [InlineData("See(box?.Inner?.Items.AsEnumerable()?.Count());")]
    [InlineData("See(box?.Inner?.Items?.Capacity);")]
    [InlineData("See(box?.Inner?.Items.FirstOrDefault()?.Length);")]
    public void Of_ALinkOfConditionalAccesses_LeadsToTheFirst(string body)
    {
        var (program, value) = Seen(body);
        var link = value.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Single(f => f.Field.Name == "Items");
        Assert.Equal(["Items", "Inner", "box"], program.Model.Roots.Of(link).Symbols.Select(s => s.Name));
    }

    [Theory]
    [InlineData("See(shared.Users.Where(u => u.Id > 1));", "shared Certain")]
    [InlineData("See(given.Users.Where(u => u.Id > 1));", "given Certain")]
    [InlineData("using var c = new Db(); See(c.Users.Where(u => u.Id > 1));", "c Certain")]
    [InlineData("using var c = factory.CreateContext(); See(c.Users);", "c Certain")]
    [InlineData("using var c = factory.CreateContext(); var q = c.Users.Where(u => u.Id > 1); See(q.OrderBy(u => u.Id));", "c Certain")]
    [InlineData("using var c = factory.CreateContext(); var d = c; See(d.Users);", "c Certain")]
    [InlineData("using var c = factory.CreateOther(); See(c.Users);", "shared Certain")]
    [InlineData("using var c = other.Open(); See(c.Users);", "shared Certain")]
    [InlineData("See(list);", "none")]
    public void UnitOfWork_IsOwnedByWhoMadeIt(string body, string owner) => Assert.Equal(owner, Owner(body));

    [Theory]
    [InlineData("using var c = factory.CreateContext(); See(Query(c));", "c Certain")]
    [InlineData("See(Query(given).Take(3));", "given Certain")]
    [InlineData("using var c = factory.CreateContext(); See(Both(c, given));", "shared Unknown")]
    public void UnitOfWork_OfAQueryThatAMethodBuilds_IsWhatItWasGiven(string body, string owner) => Assert.Equal(
        owner, Owner(body, "static IQueryable<User> Query(Db db) => db.Users.Where(u => u.Id > 1); static IQueryable<User> Both(Db a, Db b) => a.Users.Concat(b.Users);"));

    [Fact]
    public void UnitOfWork_FromAnInjectedFactory_IsOwned() => Assert.Equal(
        "c Certain", Owner("await using var c = await Contexts.CreateDbContextAsync(); See(c.Users);", "static Microsoft.EntityFrameworkCore.IDbContextFactory<Db> Contexts => null!;"));

    [Fact]
    public void Fresh_FactoryOfAnotherProject_IsLikelyByItsName()
    {
        var program = TestProgram.Of(
            "class C { public void M(OrderContextFactory f) { using var c = f.CreateContext(); c.ToString(); } }",
            "public class OrderContext : Microsoft.EntityFrameworkCore.DbContext { } public class OrderContextFactory { public OrderContext CreateContext() => new(); }");
        Assert.Equal(Confidence.Likely, new Freshness(program.Model).Of(program.Call("CreateContext").TargetMethod));
    }

    [Theory]
    [InlineData("Db Make() => new Db();", Confidence.Certain)]
    [InlineData("async Task<Db> Make() { await Task.Yield(); return new Db(); }", Confidence.Certain)]
    [InlineData("Db Make() => Inner(); Db Inner() => new Db();", Confidence.Certain)]
    [InlineData("public virtual Db Make() => new Db();", Confidence.Likely)]
    [InlineData("Db kept = new(); Db Make() => kept;", Confidence.Unknown)]
    [InlineData("Db kept = new(); Db Make(bool b = true) { if (b) return kept; return new Db(); }", Confidence.Unknown)]
    [InlineData("Db Make() => Make();", Confidence.Unknown)]
    public void Fresh_BodyReturnsNewObjectsOnly(string members, Confidence confidence)
    {
        var program = TestProgram.Of($"{Data} class C {{ {members} public void M() {{ Make(); }} }}");
        Assert.Equal(confidence, new Freshness(program.Model).Of(program.Call("Make").TargetMethod));
    }

    [Fact]
    public void Initializer_OfALocal_IsItsValue()
    {
        var (_, value) = Seen("var l = list; See(l);");
        Assert.IsAssignableFrom<IFieldReferenceOperation>(Roots.Initializer((ILocalReferenceOperation)((IConversionOperation)value).Operand));
    }
}
