using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.QueryPerItem.QueryPerItemAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM109: what goes to one unit of work once per item, and what does so on purpose.</summary>
public sealed class QueryPerItemTests
{
    private static Task Reported(string body) => Verify.Suggestion(LoopSource.In(body));

    private static Task Silent(string body) => Verify.Analyzer(LoopSource.In(body));

    [Fact]
    public Task EfQuery_Reports() => Reported("""
        var found = new List<User?>();
        foreach (var id in ids) found.Add([|await db.Users.FirstOrDefaultAsync(u => u.Name == id, stop)|]);
        return found.Count;
        """);

    [Fact]
    public Task EfFind_Reports() => Reported("""
        foreach (var pair in counts)
        {
            var user = [|await db.Users.FindAsync(pair.Value)|];
            log.LogInformation("{Name}", user?.Name);
        }
        return 0;
        """);

    /// <summary><c>foreach</c> over an optional value is a test.</summary>
    [Theory]
    [InlineData("LanguageExt.Option<User> some = new(users[0]); foreach (var user in some)")]
    [InlineData("foreach (var user in await FirstAsync())")]
    public Task OptionalValue_IsSilent(string loop) => Verify.Analyzer(LoopSource.In($$"""
        static Task<LanguageExt.Option<User>> FirstAsync() => Task.FromResult(new LanguageExt.Option<User>());
        {{loop}}
        {
            db.Users.Remove(user);
            await db.SaveChangesAsync(stop);
        }
        return 0;
        """) + """
        namespace LanguageExt
        {
            public readonly struct Option<A>(A value) : IEnumerable<A>
            {
                public IEnumerator<A> GetEnumerator() { if (value is not null) yield return value; }
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
        }
        """);

    /// <summary>The entity hangs on the context through its loader; what the helper does is known by its name only.</summary>
    [Fact]
    public Task HelperThatIsHandedALazyEntity_Reports() => Verify.Suggestion("""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;

        public class Card
        {
            private readonly ILazyLoader? loader;
            private readonly IEqualityComparer<Card>? comparer = null;
            public Card() { }
            private Card(ILazyLoader loader) => this.loader = loader;
            public int Id { get; set; }
            public override string ToString() => $"{loader} {comparer}";
        }

        public class Cards(DbContextOptions<Cards> o) : DbContext(o) { public DbSet<Card> All => Set<Card>(); }

        public class CardService(Cards db)
        {
            public async Task<decimal> SumAsync()
            {
                var sum = 0m;
                foreach (var card in await db.All.ToListAsync()) sum += [|await GetRemainingAmountAsync(card)|];
                return sum;
            }

            protected virtual async Task<decimal> GetRemainingAmountAsync(Card card)
            {
                var used = await db.All.Where(c => c.Id == card.Id).CountAsync();
                return Left(card, used);
            }

            [System.Runtime.InteropServices.DllImport("cards")]
            private static extern decimal Left(Card card, int used);
        }
        """);

    [Fact]
    public Task EfCheckAndAdd_Reports() => Reported("""
        foreach (var id in ids)
        {
            if (![|await db.Users.AnyAsync(u => u.Name == id, stop)|]) db.Users.Add(new User { Name = id });
        }
        return 0;
        """);

    [Fact]
    public Task EfNavigationLoad_Reports() => Reported("""
        foreach (var user in users) [|await db.Entry(user).Reference("Team").LoadAsync(stop)|];
        return 0;
        """);

    [Fact]
    public Task Message_NamesTheBatchingForm_Reports() => Verify.Analyzer(LoopSource.In("""
        foreach (var id in ids) log.LogInformation("{Count}", {|#0:await db.Users.CountAsync(u => u.Name == id, stop)|});
        return 0;
        """), Verify.Diagnostic().WithLocation(0).WithArguments("CountAsync", "'id'", "one query before the loop finds all of them: 'Where(x => keys.Contains(x.Key))', then 'ToDictionaryAsync'"));

    [Fact]
    public Task EfCommit_Reports() => Reported("""
        foreach (var user in users)
        {
            user.City = "Oslo";
            [|await db.SaveChangesAsync(stop)|];
        }
        return 0;
        """);

    [Fact]
    public Task DapperQuery_Reports() => Verify.Suggestion("""
        using System.Data.Common;
        using Dapper;
        class C(DbConnection connection)
        {
            public async Task<int> M(string[] ids)
            {
                var sum = 0;
                foreach (var id in ids) sum += [|await connection.QuerySingleAsync<int>("select n from t where id = @id", new { id })|];
                return sum;
            }
        }
        """);

    [Fact]
    public Task RepositoryOverAContext_Reports() => Verify.Suggestion("""
        using Microsoft.EntityFrameworkCore;
        public class User { public int Id { get; set; } }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        public interface IUsers { Task<User?> GetAsync(int id); }
        sealed class Users(Db db) : IUsers { public Task<User?> GetAsync(int id) => db.Users.FirstOrDefaultAsync(u => u.Id == id); }
        class C(IUsers users)
        {
            public async Task<int> M(int[] ids)
            {
                var list = new List<User?>();
                foreach (var id in ids) list.Add([|await users.GetAsync(id)|]);
                return list.Count;
            }
        }
        """);

    [Fact]
    public Task QueryInAMethodOfTheSameClass_Reports() => Verify.Suggestion("""
        using Microsoft.EntityFrameworkCore;
        public class User { public int Id { get; set; } }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        class C(Db db)
        {
            Task<User?> FindUserAsync(int id) => db.Users.FirstOrDefaultAsync(u => u.Id == id);
            public async Task<int> M(int[] ids)
            {
                var list = new List<User?>();
                foreach (var id in ids) list.Add([|await FindUserAsync(id)|]);
                return list.Count;
            }
        }
        """);

    [Fact]
    public Task ContextOfItsOwnPerTurn_IsSilent() => Silent("""
        var sum = 0;
        foreach (var id in ids)
        {
            await using var own = contexts.CreateDbContext();
            sum += await own.Users.CountAsync(u => u.Name == id, stop);
        }
        return sum;
        """);

    [Fact]
    public Task FirstMatch_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            if (await db.Users.AnyAsync(u => u.Name == id, stop)) return 1;
        }
        return 0;
        """);

    [Fact]
    public Task ParentWalk_IsSilent() => Silent("""
        var name = "";
        for (var i = 0; i < ids.Length; i++)
        {
            var user = await db.Users.FirstAsync(u => u.Name == name + i, stop);
            name = user.City;
        }
        return 0;
        """);

    [Fact]
    public Task Pages_AreSilent_IsSilent() => Silent("""
        var all = new List<User>();
        for (var page = 0; page < ids.Length; page++) all.AddRange(await db.Users.OrderBy(u => u.Id).Skip(page * 100).Take(100).ToListAsync(stop));
        return all.Count;
        """);

    [Fact]
    public Task Batches_IsSilent() => Silent("""
        var all = new List<User>();
        foreach (var batch in ids.Chunk(500)) all.AddRange(await db.Users.Where(u => batch.Contains(u.Name)).ToListAsync(stop));
        return all.Count;
        """);

    [Fact]
    public Task CacheMiss_IsSilent() => Silent("""
        var known = new Dictionary<string, User?>();
        foreach (var id in ids)
        {
            if (!known.ContainsKey(id)) known[id] = await db.Users.FirstOrDefaultAsync(u => u.Name == id, stop);
        }
        return known.Count;
        """);

    [Fact]
    public Task Throttled_IsSilent() => Silent("""
        var sum = 0;
        foreach (var id in ids)
        {
            sum += await db.Users.CountAsync(u => u.Name == id, stop);
            await Task.Delay(100, stop);
        }
        return sum;
        """);

    [Fact]
    public Task Retried_IsSilent() => Silent("""
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try { return await db.Users.CountAsync(u => u.Id > attempt, stop); }
            catch (TimeoutException) { }
        }
        return 0;
        """);

    [Fact]
    public Task FewLiterals_IsSilent() => Silent("""
        var sum = 0;
        foreach (var region in new[] { "north", "south" }) sum += await db.Users.CountAsync(u => u.City == region, stop);
        return sum;
        """);

    [Fact]
    public Task StreamedRows_IsSilent() => Silent("""
        var sum = 0;
        await foreach (var id in StreamAsync()) sum += await db.Users.CountAsync(u => u.Name == id, stop);
        return sum;
        """);

    [Fact]
    public Task CommitAfterASentRequest_IsSilent() => Silent("""
        foreach (var user in users)
        {
            await http.PostAsync(user.City, null, stop);
            user.City = "sent";
            await db.SaveChangesAsync(stop);
        }
        return 0;
        """);

    [Fact]
    public Task TransactionPerItem_IsSilent() => Silent("""
        foreach (var user in users)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            user.City = "Oslo";
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }
        return 0;
        """);

    [Fact]
    public Task CommitInATryOfItsOwn_IsSilent() => Silent("""
        foreach (var user in users)
        {
            try
            {
                user.City = "Oslo";
                await db.SaveChangesAsync(stop);
            }
            catch (DbUpdateException fault)
            {
                log.LogWarning(fault, "skipped");
            }
        }
        return 0;
        """);

    [Fact]
    public Task CommitForTheGeneratedKey_IsSilent() => Silent("""
        var keys = new List<int>();
        foreach (var id in ids)
        {
            var user = new User { Name = id };
            db.Users.Add(user);
            await db.SaveChangesAsync(stop);
            keys.Add(user.Id);
        }
        return keys.Count;
        """);

    [Fact]
    public Task CommitEveryHundred_IsSilent() => Silent("""
        var done = 0;
        foreach (var user in users)
        {
            user.City = "Oslo";
            if (++done % 100 == 0) await db.SaveChangesAsync(stop);
        }
        return done;
        """);

    [Fact] // peers 61
    public Task AwaitInTheHeader_IsSilent() => Silent("""
        var sum = 0;
        foreach (var user in await db.Users.Where(u => u.Id > 3).ToListAsync(stop)) sum += user.Id;
        return sum;
        """);

    [Fact] // peers 59
    public Task ScriptsInTurn_IsSilent() => Verify.Analyzer(LoopSource.In("""
        foreach (var script in ids) await db.Database.ExecuteSqlRawAsync(script, stop);
        return 0;
        """) + LoopSource.Sql);

    [Theory] // peers 63
    [InlineData("if (!cache.TryGetValue(id, out User? user)) { user = await db.Users.FirstOrDefaultAsync(u => u.Name == id); cache.Set(id, user); }")]
    [InlineData("var user = await cache.GetOrCreateAsync(id, _ => db.Users.FirstOrDefaultAsync(u => u.Name == id));")]
    [InlineData("if (!known.TryGetValue(id, out var user)) user = known[id] = await db.Users.FirstOrDefaultAsync(u => u.Name == id);")]
    [InlineData("if (known.ContainsKey(id)) continue; var user = known[id] = await db.Users.FirstOrDefaultAsync(u => u.Name == id);")]
    [InlineData("var user = await RememberedAsync(id);")]
    public Task AnsweredByACache_IsSilent(string turn) => Verify.Analyzer($$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Memory;
        public class User { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        class C(Db db, IMemoryCache cache)
        {
            readonly Dictionary<string, User?> known = [];
            async Task<User?> RememberedAsync(string id)
            {
                if (known.TryGetValue(id, out var user)) return user;
                return known[id] = await db.Users.FirstOrDefaultAsync(u => u.Name == id);
            }
            public async Task<int> M(string[] ids)
            {
                var sum = 0;
                foreach (var id in ids)
                {
                    {{turn}}
                    sum += user?.Id ?? 0;
                }
                return sum;
            }
        }
        """);

    [Fact] // peers 59
    public Task Seed_IsSilent() => Verify.Analyzer("""
        using Microsoft.EntityFrameworkCore;
        public class User { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        class DataSeeder(Db db)
        {
            public async Task RunAsync(string[] names)
            {
                foreach (var name in names)
                {
                    if (await db.Users.AnyAsync(u => u.Name == name)) continue;
                    db.Users.Add(new User { Name = name });
                    await db.SaveChangesAsync();
                }
            }
        }
        """);
}
