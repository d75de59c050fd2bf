using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>A method that only its name explains is handed a service: it may do all that the service can.</summary>
public sealed class SequentialAwaitsHandedServicesTests
{
    /// <summary>Two services of one scope, the second handed to a helper whose body can't be seen through.</summary>
    private static string Helper(string parameters, string arguments, string body) => $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;
        public class User { public int Id { get; set; } }
        public class Order(Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader? loader) { private readonly Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader? loader = loader; public int Id { get; set; } public override string ToString() => $"{loader}"; }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        public interface IUsers { Task<int> CountUsersAsync(); }
        public interface IZones { Task<string> GetZoneAsync(int id); }
        public interface IRates { Task<string> GetRateAsync(int id); }
        public interface IElsewhere { Task<string> GetElsewhereAsync(int id); }
        public readonly struct Lease(Db context) : IDisposable { public Db Context => context; public void Dispose() => context.Dispose(); }
        sealed class Users(Db db) : IUsers { public Task<int> CountUsersAsync() => db.Users.CountAsync(); }
        sealed class Zones(Db db) : IZones { public async Task<string> GetZoneAsync(int id) => (await db.Users.FirstAsync(u => u.Id == id)).ToString()!; }
        sealed class Rates(HttpClient http) : IRates { public Task<string> GetRateAsync(int id) => http.GetStringAsync("/rates/" + id); }
        sealed class Detection(IServiceProvider services, HttpClient http)
        {
            public async Task<int> M()
            {
                using var scope = services.CreateScope();
                var users = scope.ServiceProvider.GetRequiredService<IUsers>();
                var zones = scope.ServiceProvider.GetRequiredService<IZones>();
                var rates = scope.ServiceProvider.GetRequiredService<IRates>();
                var elsewhere = scope.ServiceProvider.GetRequiredService<IElsewhere>();
                var context = scope.ServiceProvider.GetRequiredService<Db>();
                var count = {|mark:await users.CountUsersAsync()|};
                var offset = await GetOffsetAsync({{arguments}});
                return count + offset;
            }

            private async Task<int> GetOffsetAsync({{parameters}})
            {
                var zone = {{body}};
                return OffsetOf(await http.GetStringAsync("/offsets/" + zone));
            }

            [System.Runtime.InteropServices.DllImport("offsets")]
            private static extern int OffsetOf(string zone);
        }
        """;

    private static Task Silent(string parameters, string arguments, string body) =>
        Verify.Analyzer(Helper(parameters, arguments, body).Replace("{|mark:", "").Replace("|};", ";"));

    [Fact]
    public Task ServiceOverTheSameContext_IsSilent() => Silent("IZones handed", "zones", "await handed.GetZoneAsync(1)");

    [Fact]
    public Task ContextItself_IsSilent() => Silent("Db handed", "context", "(await handed.Users.FirstAsync()).ToString()!");

    [Fact]
    public Task QueryOfTheContext_IsSilent() => Silent("IQueryable<User> handed", "context.Users.Where(u => u.Id > 1)", "(await handed.FirstAsync()).ToString()!");

    [Fact]
    public Task ServiceProvider_IsSilent() => Silent("IServiceProvider handed", "scope.ServiceProvider", "await handed.GetRequiredService<IZones>().GetZoneAsync(1)");

    [Fact]
    public Task Scope_IsSilent() => Silent("IServiceScope handed", "scope", "await handed.ServiceProvider.GetRequiredService<IZones>().GetZoneAsync(1)");

    [Fact]
    public Task AsyncScope_IsSilent() => Silent("AsyncServiceScope handed", "new AsyncServiceScope(scope)", "await handed.ServiceProvider.GetRequiredService<IZones>().GetZoneAsync(1)");

    [Fact]
    public Task ContextInAValue_IsSilent() => Silent("Lease handed", "new Lease(context)", "(await handed.Context.Users.FirstAsync()).ToString()!");

    [Fact]
    public Task ServiceOfAnotherAssembly_IsSilent() => Silent("IElsewhere handed", "elsewhere", "await handed.GetElsewhereAsync(1)");

    [Fact]
    public Task ServicesInAnArray_IsSilent() => Silent("IZones[] handed", "new[] { zones }", "await handed[0].GetZoneAsync(1)");

    /// <summary>It loads its parts through the context that it came from.</summary>
    [Fact]
    public Task EntityThatLoadsLazily_IsSilent() => Silent("Order handed", "new Order(null)", "handed.ToString()!");

    [Fact]
    public Task ServiceThatReachesNoContext_Suggests() => Verify.Suggestion(Helper("IRates handed", "rates", "await handed.GetRateAsync(1)").Replace("{|mark:", "[|").Replace("|};", "|];"));

    [Fact]
    public Task PlainValues_Suggests() => Verify.Suggestion(Helper("int handed, User user", "1, new User()", "handed + user.Id").Replace("{|mark:", "[|").Replace("|};", "|];"));
}
