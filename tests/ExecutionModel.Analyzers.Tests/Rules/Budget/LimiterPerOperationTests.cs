using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.LimiterPerOperation.LimiterPerOperationAnalyzer, ExecutionModel.Analyzers.Rules.Budget.LimiterPerOperation.LimiterPerOperationCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM305. A limiter that nobody else can see is a warning; whatever may be shared is silent.</summary>
public sealed class LimiterPerOperationTests
{
    private const string Usings = """
        using System.Collections.Concurrent;
        using System.Threading.RateLimiting;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.SignalR;

        """;

    private static string Body(string members) => Usings + "public sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n";

    private static Task Warning(string members) => Verify.Analyzer(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Body(members));

    private static Task Fix(string before, string after) => Verify.CodeFix(Body(before), Body(after));

    // Per call

    [Theory]
    [InlineData("var gate = [|new SemaphoreSlim(1)|]; await gate.WaitAsync(); try { await http.GetStringAsync(\"a\"); } finally { gate.Release(); }")]
    [InlineData("using var gate = [|new SemaphoreSlim(1, 1)|]; await gate.WaitAsync().ConfigureAwait(false); try { await http.GetStringAsync(\"a\"); } finally { gate.Release(); }")]
    [InlineData("SemaphoreSlim gate = [|new(1)|]; gate.Wait(); try { http.CancelPendingRequests(); } finally { gate.Release(); }")]
    [InlineData("using (var gate = [|new SemaphoreSlim(1)|]) { await gate.WaitAsync(); await http.GetStringAsync(\"a\"); gate.Release(); }")]
    [InlineData("var gate = [|new SemaphoreSlim(limit)|]; await gate.WaitAsync(); gate.Release(); gate.Dispose();")]
    [InlineData("var gate = [|new SemaphoreSlim(1)|]; if (!await gate.WaitAsync(TimeSpan.FromSeconds(1))) return; gate.Release();")]
    [InlineData("var gate = [|new Semaphore(1, 1)|]; gate.WaitOne(); gate.Release();")]
    [InlineData("var gate = [|new Mutex()|]; gate.WaitOne(); gate.ReleaseMutex();")]
    [InlineData("var gate = [|new object()|]; lock (gate) { http.CancelPendingRequests(); }")]
    [InlineData("object gate = [|new object()|]; lock (gate) { http.CancelPendingRequests(); }")]
    [InlineData("var gate = [|new Lock()|]; lock (gate) { http.CancelPendingRequests(); }")]
    [InlineData("var gate = [|new ReaderWriterLockSlim()|]; gate.EnterWriteLock(); try { http.CancelPendingRequests(); } finally { gate.ExitWriteLock(); }")]
    [InlineData("var limiter = [|new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 2 })|]; using var lease = await limiter.AcquireAsync(); await http.GetStringAsync(\"a\");")]
    [InlineData("var limiter = [|new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions())|]; using var lease = await limiter.AcquireAsync(); await http.GetStringAsync(\"a\");")]
    [InlineData("var gate = [|new SemaphoreSlim(2)|]; for (var i = 0; i < 9; i++) { await gate.WaitAsync(); await http.GetStringAsync(\"a\"); gate.Release(); }")]
    public Task LimiterOfOneCall_Reports(string statements) => Warning($$"""
        public async Task RunAsync(int limit)
        {
            await Task.Yield();
            {{statements}}
        }
        """);

    [Fact]
    public Task PollyBulkhead_Reports() => Verify.Analyzer("""
        namespace Polly
        {
            public static class Policy { public static AsyncPolicy BulkheadAsync(int most) => new(); }
            public class AsyncPolicy { public Task<T> ExecuteAsync<T>(Func<Task<T>> action) => action(); }
        }
        public sealed class Sample(HttpClient http)
        {
            public async Task<string> RunAsync()
            {
                var bulkhead = [|Polly.Policy.BulkheadAsync(4)|];
                return await bulkhead.ExecuteAsync(() => http.GetStringAsync("a"));
            }
        }
        """);

    [Fact]
    public Task HandlerOfARoute_Reports() => Verify.Analyzer(
        """
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/{sku}", async (string sku, HttpClient http) =>
            {
                using var gate = [|new SemaphoreSlim(4)|];
                await gate.WaitAsync();
                try { return await http.GetStringAsync(sku); } finally { gate.Release(); }
            });
        }
        """,
        TestSettings.Web);

    [Fact]
    public Task LocalFunctionWithItsOwn_Reports() => Warning("""
        public Task<string[]> RunAsync(string[] urls)
        {
            return Task.WhenAll(urls.Take(8).Select(GetAsync));

            async Task<string> GetAsync(string url)
            {
                var gate = [|new SemaphoreSlim(2)|];
                await gate.WaitAsync();
                try { return await http.GetStringAsync(url); } finally { gate.Release(); }
            }
        }
        """);

    [Fact]
    public Task Message_SaysWhoseItIs() => Verify.Analyzer(
        Body("""
            public void Run()
            {
                var gate = {|#0:new object()|};
                lock (gate) http.CancelPendingRequests();
            }
            """),
        Verify.Diagnostic().WithLocation(0).WithMessage("Every call makes a 'Object' of its own ('gate'), for which no other waits: it limits nothing; keep it in a field that all calls share"));

    // Per item

    [Theory]
    [InlineData("await Task.WhenAll(urls.Select(async url => { var gate = [|new SemaphoreSlim(2)|]; await gate.WaitAsync(); try { await http.GetStringAsync(url); } finally { gate.Release(); } }));")]
    [InlineData("await Parallel.ForEachAsync(urls, async (url, token) => { using var gate = [|new SemaphoreSlim(2)|]; await gate.WaitAsync(token); try { await http.GetStringAsync(url, token); } finally { gate.Release(); } });")]
    [InlineData("Parallel.ForEach(urls, url => { var sync = [|new object()|]; lock (sync) { http.CancelPendingRequests(); } });")]
    public Task LimiterOfOneItem_Reports(string statement) => Warning($$"""
        public async Task RunAsync(string[] urls)
        {
            await Task.Yield();
            {{statement}}
        }
        """);

    // Per request

    [Theory]
    [InlineData("ControllerBase")]
    [InlineData("Hub")]
    public Task FieldOfARequest_Reports(string parent) => Verify.Analyzer(Usings + $$"""
        public sealed class Reports(HttpClient http) : {{parent}}
        {
            private readonly SemaphoreSlim gate = [|new SemaphoreSlim(1)|];

            public async Task<string> Yearly(int year)
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync($"{year}"); } finally { gate.Release(); }
            }
        }
        """);

    // What may be shared

    [Theory]
    [InlineData("using var gate = new SemaphoreSlim(2); await Task.WhenAll(urls.Select(async url => { await gate.WaitAsync(); try { await http.GetStringAsync(url); } finally { gate.Release(); } }));")]
    [InlineData("var gate = new SemaphoreSlim(2); foreach (var url in urls) { await gate.WaitAsync(); _ = Task.Run(async () => { await http.GetStringAsync(url); gate.Release(); }); }")]
    [InlineData("var gate = new SemaphoreSlim(2); await gate.WaitAsync(); await HandAsync(gate);")]
    [InlineData("var gate = new SemaphoreSlim(2); await gate.WaitAsync(); kept = gate;")]
    [InlineData("var gate = new SemaphoreSlim(2); kept = gate; await gate.WaitAsync();")]
    [InlineData("var gate = new SemaphoreSlim(2); GetAsync(); await gate.WaitAsync(); void GetAsync() => gate.Release();")]
    [InlineData("var gates = new[] { new SemaphoreSlim(2) }; await gates[0].WaitAsync();")]
    [InlineData("var gate = new SemaphoreSlim(2); var first = gate.WaitAsync(); await Task.WhenAny(first, Task.Delay(10));")]
    [InlineData("var sync = new object(); Parallel.ForEach(urls, url => { lock (sync) { http.CancelPendingRequests(); } });")]
    [InlineData("var sync = new object(); lock (sync) { Monitor.Pulse(sync); }")]
    public Task SharedLimiter_IsSilent(string statements) => Silent($$"""
        private SemaphoreSlim? kept;

        public SemaphoreSlim? Kept => kept;

        private static Task HandAsync(SemaphoreSlim gate) => Task.Run(() => gate.Release());

        public async Task RunAsync(string[] urls)
        {
            await Task.Yield();
            {{statements}}
        }
        """);

    [Theory]
    [InlineData("private readonly SemaphoreSlim gate = new(1);")]
    [InlineData("private static readonly SemaphoreSlim gate = new(1);")]
    public Task FieldOfAService_IsSilent(string field) => Silent($$"""
        {{field}}

        public async Task RunAsync()
        {
            await gate.WaitAsync();
            try { await http.GetStringAsync("a"); } finally { gate.Release(); }
        }
        """);

    [Fact]
    public Task StaticFieldOfAController_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Reports(HttpClient http) : ControllerBase
        {
            private static readonly SemaphoreSlim gate = new SemaphoreSlim(1);

            public async Task<string> Yearly(int year)
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync($"{year}"); } finally { gate.Release(); }
            }
        }
        """);

    [Fact]
    public Task GateOfAFanOutInAController_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Reports(HttpClient http) : ControllerBase
        {
            private readonly SemaphoreSlim gate = new SemaphoreSlim(4);

            public Task<string[]> Yearly(int[] years) => Task.WhenAll(years.Select(async year =>
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync($"{year}"); } finally { gate.Release(); }
            }));
        }
        """);

    [Fact]
    public Task KeyedLimiters_IsSilent() => Silent("""
        private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new();

        public async Task RunAsync(string key)
        {
            var gate = gates.GetOrAdd(key, _ => new SemaphoreSlim(1));
            await gate.WaitAsync();
            try { await http.GetStringAsync(key); } finally { gate.Release(); }
        }
        """);

    [Theory]
    [InlineData("var signal = new SemaphoreSlim(0); await signal.WaitAsync(10);")]
    [InlineData("var signal = new SemaphoreSlim(0, 1); await signal.WaitAsync(10);")]
    [InlineData("using var mutex = new Mutex(false, \"Global\\\\sample\"); mutex.WaitOne(); mutex.ReleaseMutex();")]
    [InlineData("using var gate = new Semaphore(1, 1, \"sample\"); gate.WaitOne(); gate.Release();")]
    public Task SignalsAndNames_IsSilent(string statements) => Silent($$"""
        public async Task RunAsync()
        {
            await Task.Yield();
            {{statements}}
        }
        """);

    [Fact]
    public Task RateLimiterThatPacesALoop_IsSilent() => Silent("""
        public async Task RunAsync(string[] urls)
        {
            using var limiter = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions());
            foreach (var url in urls)
            {
                using var lease = await limiter.AcquireAsync();
                await http.GetStringAsync(url);
            }
        }
        """);

    [Fact]
    public Task MadeInTwoPlaces_IsSilent() => Silent("""
        private readonly SemaphoreSlim shared = new(1);

        public async Task RunAsync(bool alone)
        {
            var gate = new SemaphoreSlim(1);
            if (!alone) gate = shared;
            await gate.WaitAsync();
            gate.Release();
        }
        """);

    [Fact]
    public Task NeverWaitedFor_IsSilent() => Silent("""
        public void Run()
        {
            var gate = new SemaphoreSlim(1);
            gate.Release();
            var sync = new object();
            Console.WriteLine(sync);
        }
        """);

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public class FactAttribute : Attribute; }
        public sealed class GateTests
        {
            [Xunit.Fact]
            public async Task Opens()
            {
                var gate = new SemaphoreSlim(1);
                await gate.WaitAsync();
                gate.Release();
            }
        }
        """);

    // The fix

    [Fact]
    public Task Fix_LocalBecomesAStaticField() => Fix(
        """
            public async Task<string> RunAsync(CancellationToken stop)
            {
                // Four at a time.
                using var gate = [|new SemaphoreSlim(4)|]; // or more

                await gate.WaitAsync(stop);
                try
                {
                    return await http.GetStringAsync("a", stop);
                }
                finally
                {
                    gate.Release();
                }
            }
        """,
        """
            // Four at a time.
            // or more
            private static readonly SemaphoreSlim Gate = new SemaphoreSlim(4);

            public async Task<string> RunAsync(CancellationToken stop)
            {
                await Gate.WaitAsync(stop);
                try
                {
                    return await http.GetStringAsync("a", stop);
                }
                finally
                {
                    Gate.Release();
                }
            }
        """);

    [Fact]
    public Task Fix_FollowsTheNamesOfTheType() => Fix(
        """
            private static readonly TimeSpan _gate = TimeSpan.FromSeconds(1);

            public void Run()
            {
                Console.WriteLine(_gate);

                var gate = [|new object()|];
                lock (gate)
                {
                    http.CancelPendingRequests();
                }
            }

            public void Other()
            {
                var sync = [|new object()|];

                lock (sync) http.CancelPendingRequests();
            }
        """,
        """
            private static readonly object _sync = new object();
            private static readonly object _gate2 = new object();
            private static readonly TimeSpan _gate = TimeSpan.FromSeconds(1);

            public void Run()
            {
                Console.WriteLine(_gate);

                lock (_gate2)
                {
                    http.CancelPendingRequests();
                }
            }

            public void Other()
            {
                lock (_sync) http.CancelPendingRequests();
            }
        """);

    [Fact]
    public Task Fix_LeaseOfARateLimiter() => Fix(
        """
            public async Task RunAsync()
            {
                var limiter = [|new ConcurrencyLimiter(new ConcurrencyLimiterOptions
                {
                    PermitLimit = 2,
                })|];
                using var lease = await limiter.AcquireAsync();
                await http.GetStringAsync("a");
            }
        """,
        """
            private static readonly ConcurrencyLimiter Limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
            {
                PermitLimit = 2,
            });

            public async Task RunAsync()
            {
                using var lease = await Limiter.AcquireAsync();
                await http.GetStringAsync("a");
            }
        """);

    [Fact]
    public Task Fix_ItemMovesInFrontOfTheFanOut() => Fix(
        """
            public async Task RunAsync(string[] urls, int most)
            {
                await Task.Yield();

                // All of them.
                await Task.WhenAll(urls.Select(async url =>
                {
                    using var gate = [|new SemaphoreSlim(most)|];
                    await gate.WaitAsync();
                    try
                    {
                        await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """,
        """
            public async Task RunAsync(string[] urls, int most)
            {
                await Task.Yield();

                using var gate = new SemaphoreSlim(most);
                // All of them.
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_FieldOfARequestBecomesStatic() => Verify.CodeFix(
        Usings + """
        public sealed class Reports(HttpClient http) : ControllerBase
        {
            /// <summary>One at a time.</summary>
            readonly SemaphoreSlim gate = [|new SemaphoreSlim(1)|];

            public async Task<string> Yearly(int year)
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync($"{year}"); } finally { gate.Release(); }
            }
        }
        """,
        Usings + """
        public sealed class Reports(HttpClient http) : ControllerBase
        {
            /// <summary>One at a time.</summary>
            static readonly SemaphoreSlim gate = new SemaphoreSlim(1);

            public async Task<string> Yearly(int year)
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync($"{year}"); } finally { gate.Release(); }
            }
        }
        """);

    [Theory]
    [InlineData("var gate = [|new SemaphoreSlim(limit)|]; await gate.WaitAsync(); try { await http.GetStringAsync(\"a\"); } finally { gate.Release(); }")]
    [InlineData("var gate = [|new SemaphoreSlim(1)|]; await gate.WaitAsync(); await http.GetStringAsync(\"a\"); gate.Release();")]
    [InlineData("var gate = [|new SemaphoreSlim(1)|]; await gate.WaitAsync(); try { await http.GetStringAsync(\"a\"); } finally { gate.Release(); gate.Dispose(); }")]
    [InlineData("var gate = [|new SemaphoreSlim(1)|]; await gate.WaitAsync(); try { await RunAsync(limit); } finally { gate.Release(); }")]
    [InlineData("using (var gate = [|new SemaphoreSlim(1)|]) { await gate.WaitAsync(); try { await http.GetStringAsync(\"a\"); } finally { gate.Release(); } }")]
    public Task NoFix_WhereSharingItIsNotProved(string statements) => Verify.NoCodeFix(Body($$"""
        public async Task RunAsync(int limit)
        {
            {{statements}}
        }
        """));
}
