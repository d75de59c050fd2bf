using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.LimiterLeak.LimiterLeakAnalyzer, ExecutionModel.Analyzers.Rules.Budget.LimiterLeak.LimiterLeakCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM306. A path that certainly leaves without the release is a warning; whatever somebody else may release is silent.</summary>
public sealed class LimiterLeakTests
{
    private static string Body(string members) => "using System.Collections.Concurrent;\npublic sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n";

    private static string Run(string statements) => Body($$"""
        private readonly SemaphoreSlim gate = new(1);
        private readonly Semaphore door = new(1, 1);
        private readonly List<string> list = [];
        private string? cached;

        public event Action? Changed;

        public async Task<string> RunAsync(string url, bool flag, CancellationToken stop)
        {
            await Task.Yield();
            {{statements}}
        }

        private static int Check(int value) => value > 0 ? value : throw new ArgumentException("too small");
        private void Raise() => Changed?.Invoke();
        private static async Task QuietAsync() { try { await File.WriteAllTextAsync("log", ""); } catch (Exception e) { Console.WriteLine(e); } }
        """);

    private static Task Fix(string before, string after) => Verify.CodeFix(Body("private readonly SemaphoreSlim gate = new(1);\n" + before), Body("private readonly SemaphoreSlim gate = new(1);\n" + after));

    // A fault in between

    [Theory]
    [InlineData("await [|gate.WaitAsync(stop)|]; var text = await http.GetStringAsync(url, stop); gate.Release(); return text;")]
    [InlineData("await [|gate.WaitAsync(stop)|].ConfigureAwait(false); await http.DeleteAsync(url, stop).ConfigureAwait(false); this.gate.Release(); return url;")]
    [InlineData("[|gate.Wait()|]; var text = await http.GetStringAsync(url, stop); gate.Release(); return text;")]
    [InlineData("[|gate.Wait()|]; File.WriteAllText(url, url); gate.Release(); return url;")]
    [InlineData("[|door.WaitOne()|]; File.WriteAllText(url, url); door.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; if (flag) { await http.DeleteAsync(url, stop); } gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; foreach (var line in list) await http.DeleteAsync(line, stop); gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; using (var answer = await http.GetAsync(url, stop)) { cached = answer.ReasonPhrase; } gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; try { cached = await http.GetStringAsync(url, stop); } catch (HttpRequestException) { cached = null; } gate.Release(); return url;")]
    [InlineData("try { await [|gate.WaitAsync(stop)|]; cached = await http.GetStringAsync(url, stop); gate.Release(); } catch (Exception e) { Console.WriteLine(e); } return url;")]
    [InlineData("var own = new SemaphoreSlim(1); await [|own.WaitAsync(stop)|]; cached = await http.GetStringAsync(url, stop); own.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; stop.ThrowIfCancellationRequested(); gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; cached = await http.GetStringAsync(url, stop); try { list.Add(url); } finally { gate.Release(); } return url;")]
    public Task FaultInBetween_Reports(string statements) => Verify.Analyzer(Run(statements));

    /// <summary>Two gates one after the other: without a token, the second wait has nothing to fail by.</summary>
    [Theory]
    [InlineData("await gate.WaitAsync(); await other.WaitAsync(); try { list.Add(url); } finally { gate.Release(); other.Release(); } return url;")]
    [InlineData("gate.Wait(); await other.WaitAsync().ConfigureAwait(false); try { list.Add(url); } finally { other.Release(); gate.Release(); } return url;")]
    public Task WaitForAnotherGateInBetween_IsSilent(string statements) => Verify.Analyzer(Run(statements).Replace("private string? cached;", "private readonly SemaphoreSlim other = new(1);", StringComparison.Ordinal));

    [Fact]
    public Task WaitForAnotherGateThatCanBeCancelled_Reports() =>
        Verify.Analyzer(Run("await [|gate.WaitAsync(stop)|]; await other.WaitAsync(stop); try { list.Add(url); } finally { gate.Release(); other.Release(); } return url;").Replace("private string? cached;", "private readonly SemaphoreSlim other = new(1);", StringComparison.Ordinal));

    [Fact]
    public Task WaitForItemsInBetween_Suggests() =>
        Verify.Suggestion(Run("await [|gate.WaitAsync(stop)|]; while (await queue.Reader.WaitToReadAsync()) list.Clear(); gate.Release(); return url;").Replace("private string? cached;", "private readonly System.Threading.Channels.Channel<int> queue = null!;", StringComparison.Ordinal));

    [Fact]
    public Task CallOfTheProjectThatThrows_Suggests() => Verify.Suggestion(Run("await [|gate.WaitAsync(stop)|]; list.Add(Check(url.Length).ToString()); gate.Release(); return url;"));

    [Fact]
    public Task Callback_Reports() => Verify.Analyzer(Body("""
        private readonly SemaphoreSlim gate = new(1);

        public void Run(Action callback)
        {
            [|gate.Wait()|];
            callback();
            gate.Release();
        }
        """));

    // An exit in between

    [Theory]
    [InlineData("await [|gate.WaitAsync(stop)|]; if (cached is not null) return cached; cached = url; gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; if (flag) throw new InvalidOperationException(); gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; if (cached is not null) return cached; try { return cached = await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("foreach (var line in list) { await [|gate.WaitAsync(stop)|]; if (line.Length == 0) continue; cached = line; gate.Release(); } return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; switch (url.Length) { case 0: return url; default: cached = url; break; } gate.Release(); return url;")]
    [InlineData("await [|gate.WaitAsync(stop)|]; if (flag) { gate.Release(); return url; } if (cached is not null) return cached; gate.Release(); return url;")]
    public Task ExitInBetween_Reports(string statements) => Verify.Analyzer(Run(statements));

    [Fact]
    public Task Message_NamesThePath() => Verify.Analyzer(
        Body("""
            private readonly SemaphoreSlim gate = new(1);

            public async Task<string> RunAsync(string url)
            {
                await {|#0:gate.WaitAsync()|};
                var text = {|#1:await http.GetStringAsync(url)|};
                {|#2:gate.Release()|};
                return text;
            }
            """),
        Verify.Diagnostic().WithLocation(0).WithPartners(1, 2).WithMessage("'gate' is not released if 'GetStringAsync' throws (line 9): its place is gone, and when all are, everybody waits for ever; release it in a 'finally'"));

    // Every path releases

    [Theory]
    [InlineData("await gate.WaitAsync(stop); try { return await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(stop); try { if (flag) return url; await http.DeleteAsync(url); } catch (HttpRequestException) { return url; } finally { gate.Release(); } return url;")]
    [InlineData("try { await gate.WaitAsync(stop); return await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(stop); try { cached = await http.GetStringAsync(url, stop); } catch { gate.Release(); throw; } gate.Release(); return url;")]
    [InlineData("await gate.WaitAsync(stop); try { cached = await http.GetStringAsync(url, stop); } catch (Exception e) { Console.WriteLine(e); } gate.Release(); return url;")]
    [InlineData("await gate.WaitAsync(stop); cached = url; gate.Release(); return url;")]
    [InlineData("await gate.WaitAsync(stop); list.Add(url); list.Clear(); gate.Release(); return url;")]
    [InlineData("await gate.WaitAsync(stop); if (flag) { gate.Release(); return url; } gate.Release(); return cached ?? url;")]
    [InlineData("await gate.WaitAsync(stop); Console.WriteLine(url); try { return await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(stop); await Task.Yield(); try { return await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(stop); await Task.Delay(10); gate.Release(); return url;")]
    [InlineData("await gate.WaitAsync(stop); gate.Release(); return await http.GetStringAsync(url, stop);")]
    [InlineData("foreach (var line in list) { await gate.WaitAsync(stop); cached = line; gate.Release(); await http.DeleteAsync(line); } return url;")]
    [InlineData("while (true) { await gate.WaitAsync(stop); if (cached is not null) break; gate.Release(); } try { return await http.GetStringAsync(url); } finally { gate.Release(); }")]
    public Task EveryPathReleases_IsSilent(string statements) => Verify.Analyzer(Run(statements));

    [Theory]
    [InlineData("if (!await [|gate.WaitAsync(100)|]) return url; var text = await http.GetStringAsync(url, stop); gate.Release(); return text;")]
    [InlineData("if (await [|gate.WaitAsync(0)|].ConfigureAwait(false)) { cached = await http.GetStringAsync(url, stop); gate.Release(); } return url;")]
    [InlineData("if (![|gate.Wait(0)|]) return url; if (cached is not null) return cached; gate.Release(); return url;")]
    public Task WaitForALimitedTime_Reports(string statements) => Verify.Analyzer(Run(statements));

    [Theory]
    [InlineData("if (!await gate.WaitAsync(0)) return url; try { return await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("if (!await gate.WaitAsync(0)) { await http.DeleteAsync(url); return url; } try { return await http.GetStringAsync(url, stop); } finally { gate.Release(); }")]
    [InlineData("if (await gate.WaitAsync(0, stop)) { try { return await http.GetStringAsync(url, stop); } finally { gate.Release(); } } return await http.GetStringAsync(url);")]
    [InlineData("if (!gate.Wait(0)) throw new TimeoutException(); cached = url; gate.Release(); return url;")]
    public Task WaitForALimitedTimeThatIsGuarded_IsSilent(string statements) => Verify.Analyzer(Run(statements));

    // Somebody else releases, or it is not clear who

    [Theory]
    [InlineData("if (flag && !await gate.WaitAsync(100)) return url; var text = await http.GetStringAsync(url, stop); gate.Release(); return text;")]
    [InlineData("while (!await gate.WaitAsync(100)) cached = url; var text = await http.GetStringAsync(url, stop); gate.Release(); return text;")]
    [InlineData("await gate.WaitAsync(100); var text = await http.GetStringAsync(url, stop); gate.Release(); return text;")]
    [InlineData("var taken = await gate.WaitAsync(TimeSpan.FromSeconds(1), stop); var text = await http.GetStringAsync(url, stop); if (taken) gate.Release(); return text;")]
    [InlineData("if (flag) await gate.WaitAsync(stop); var text = await http.GetStringAsync(url, stop); if (flag) gate.Release(); return text;")]
    [InlineData("await gate.WaitAsync(stop); try { _ = Task.Run(async () => { try { await http.GetStringAsync(url); } finally { gate.Release(); } }); } catch (InvalidOperationException) { gate.Release(); throw; } return url;")]
    [InlineData("await gate.WaitAsync(stop); var running = http.GetStringAsync(url, stop).ContinueWith(t => gate.Release()); await running; gate.Release(); return url;")]
    [InlineData("await gate.WaitAsync(stop); return await http.GetStringAsync(url, stop);")]
    [InlineData("var own = new SemaphoreSlim(1); list.Add(own.ToString()!); Hold(own); await own.WaitAsync(stop); cached = await http.GetStringAsync(url, stop); own.Release(); return url; static void Hold(SemaphoreSlim held) { }")]
    public Task OthersMayRelease_IsSilent(string statements) => Verify.Analyzer(Run(statements));

    [Fact]
    public Task SignalThatStartsEmpty_IsSilent() => Verify.Analyzer(Body("""
        private readonly SemaphoreSlim signal = new SemaphoreSlim(0);

        public async Task<string> RunAsync(string url)
        {
            await signal.WaitAsync();
            var text = await http.GetStringAsync(url);
            signal.Release();
            return text;
        }
        """));

    [Fact]
    public Task SignalMadeEmptyInTheConstructor_IsSilent() => Verify.Analyzer("""
        public sealed class Sample
        {
            private readonly SemaphoreSlim signal;
            private readonly HttpClient http;

            public Sample(HttpClient http)
            {
                this.http = http;
                signal = new SemaphoreSlim(0, 4);
            }

            public async Task<string> RunAsync(string url)
            {
                await signal.WaitAsync();
                var text = await http.GetStringAsync(url);
                signal.Release();
                return text;
            }
        }
        """);

    [Fact]
    public Task ProducerAndConsumer_IsSilent() => Verify.Analyzer(Body("""
        private readonly SemaphoreSlim items = new(1);
        private readonly ConcurrentQueue<string> queue = new();

        public void Add(string url)
        {
            queue.Enqueue(url);
            items.Release();
        }

        public async Task<string> TakeAsync(bool back)
        {
            await items.WaitAsync();
            queue.TryDequeue(out var url);
            var text = await http.GetStringAsync(url);
            if (back) items.Release();
            items.Release();
            return text;
        }
        """));

    [Fact]
    public Task ReleasedByAMethodOfTheType_IsSilent() => Verify.Analyzer(Body("""
        private readonly SemaphoreSlim gate = new(1);

        public async Task<string> RunAsync(string url)
        {
            await gate.WaitAsync();
            if (url.Length == 0)
            {
                gate.Release();
                return url;
            }

            try
            {
                return await http.GetStringAsync(url);
            }
            finally
            {
                Open();
            }
        }

        private void Open() => gate.Release();
        """));

    [Fact]
    public Task ReleasedWhereTheFunctionIsStarted_IsSilent() => Verify.Analyzer(Body("""
        private readonly SemaphoreSlim gate = new(1);

        public async Task RunAsync(List<string> urls)
        {
            foreach (var url in urls)
            {
                await gate.WaitAsync();
                _ = GetAsync(url);
            }

            async Task GetAsync(string url)
            {
                await http.GetStringAsync(url);
                gate.Release();
            }
        }
        """));

    [Fact]
    public Task PlaceHandedToDispose_IsSilent() => Verify.Analyzer("""
        public sealed class Sample(HttpClient http) : IDisposable
        {
            private readonly SemaphoreSlim gate = new(1);

            public async Task<string> OpenAsync(string url)
            {
                await gate.WaitAsync();
                var text = await http.GetStringAsync(url);
                if (text.Length == 0) gate.Release();
                return text;
            }

            public void Dispose() => gate.Release();
        }
        """);

    [Fact]
    public Task Releaser_IsSilent() => Verify.Analyzer(Body("""
        private readonly SemaphoreSlim gate = new(1);

        public async Task<string> RunAsync(string url)
        {
            await gate.WaitAsync();
            using var releaser = new Releaser(gate);
            if (url.Length == 0) gate.Release();
            return await http.GetStringAsync(url);
        }

        private sealed class Releaser(SemaphoreSlim held) : IDisposable
        {
            public void Dispose() => held.Release();
        }
        """));

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public class FactAttribute : Attribute; }
        public sealed class GateTests
        {
            private readonly SemaphoreSlim gate = new(1);

            [Xunit.Fact]
            public async Task Opens()
            {
                await gate.WaitAsync();
                await new HttpClient().GetStringAsync("a");
                gate.Release();
            }
        }
        """);

    [Fact]
    public Task ConfidenceCertain_LeavesSuggestionsOut_IsSilent() => Verify.Analyzer(
        Run("await gate.WaitAsync(stop); list.Add(Check(url.Length).ToString()); gate.Release(); return url;"),
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    // Leases

    private static string Leased(string statements, string limiter = "ConcurrencyLimiter") => "using System.Threading.RateLimiting;\n" + Body($$"""
        public async Task<string> RunAsync({{limiter}} limiter, string url)
        {
            {{statements}}
        }

        private static Task HoldAsync(RateLimitLease held) => Task.CompletedTask;
        """);

    [Theory]
    [InlineData("var lease = await [|limiter.AcquireAsync()|]; return await http.GetStringAsync(url);")]
    [InlineData("var lease = await [|limiter.AcquireAsync(1)|].ConfigureAwait(false); if (!lease.IsAcquired) return url; return await http.GetStringAsync(url);")]
    [InlineData("var lease = [|limiter.AttemptAcquire()|]; if (!lease.IsAcquired) return url; return await http.GetStringAsync(url);")]
    [InlineData("var lease = await [|limiter.AcquireAsync()|]; var text = await http.GetStringAsync(url); lease.Dispose(); return text;")]
    public Task LeaseThatStaysOut_Reports(string statements) => Verify.Analyzer(Leased(statements));

    [Fact]
    public Task LeaseOfAnyLimiter_Suggests() => Verify.Suggestion(Leased("var lease = await [|limiter.AcquireAsync()|]; return await http.GetStringAsync(url);", "RateLimiter"));

    [Theory]
    [InlineData("using var lease = await limiter.AcquireAsync(); return await http.GetStringAsync(url);")]
    [InlineData("using (var lease = await limiter.AcquireAsync()) { return await http.GetStringAsync(url); }")]
    [InlineData("var lease = await limiter.AcquireAsync(); using (lease) { return await http.GetStringAsync(url); }")]
    [InlineData("var lease = await limiter.AcquireAsync(); try { return await http.GetStringAsync(url); } finally { lease.Dispose(); }")]
    [InlineData("var lease = await limiter.AcquireAsync(); await HoldAsync(lease); return url;")]
    [InlineData("var lease = await limiter.AcquireAsync(); _ = Task.Run(async () => { await http.GetStringAsync(url); lease.Dispose(); }); return url;")]
    public Task LeaseThatEnds_IsSilent(string statements) => Verify.Analyzer(Leased(statements));

    [Fact]
    public Task LeaseOfALimiterOfTime_IsSilent() => Verify.Analyzer(Leased("var lease = await limiter.AcquireAsync(); return await http.GetStringAsync(url);", "TokenBucketRateLimiter"));

    // The fix

    [Fact]
    public Task Fix_LeaseIsDeclaredWithUsing() => Verify.CodeFix(
        Leased("// One.\n    var lease = await [|limiter.AcquireAsync()|];\n    return await http.GetStringAsync(url);"),
        Leased("// One.\n    using var lease = await limiter.AcquireAsync();\n    return await http.GetStringAsync(url);"));

    [Fact]
    public Task NoFix_ForALeaseThatEndsEarly() => Verify.NoCodeFix(Leased("var lease = await [|limiter.AcquireAsync()|]; var text = await http.GetStringAsync(url); lease.Dispose(); return text;"));

    [Fact]
    public Task Fix_MovesAPlainReturnIn() => Fix(
        """
            public async Task<string> RunAsync(string url)
            {
                await [|gate.WaitAsync()|];

                // Slow.
                var text = await http.GetStringAsync(url); // or fast
                gate.Release(); // free again

                return text;
            }
        """,
        """
            public async Task<string> RunAsync(string url)
            {
                await gate.WaitAsync();
                try
                {
                    // Slow.
                    var text = await http.GetStringAsync(url); // or fast

                    return text;
                }
                finally
                {
                    gate.Release(); // free again
                }
            }
        """);

    [Fact]
    public Task Fix_DeclaresInFrontWhatIsReadBehind() => Fix(
        """
            public async Task<int> RunAsync(string url)
            {
                await [|gate.WaitAsync()|];
                var first = await http.GetStringAsync(url);
                string second = await http.GetStringAsync(
                    url + "/2");
                var unused = second.Length;
                gate.Release();

                Console.WriteLine(first);
                return second.Length;
            }
        """,
        """
            public async Task<int> RunAsync(string url)
            {
                await gate.WaitAsync();
                string first;
                string second;
                try
                {
                    first = await http.GetStringAsync(url);
                    second = await http.GetStringAsync(
                        url + "/2");
                    var unused = second.Length;
                }
                finally
                {
                    gate.Release();
                }

                Console.WriteLine(first);
                return second.Length;
            }
        """);

    [Fact]
    public Task Fix_EarlyReleasesGo() => Fix(
        """
            public async Task RunAsync(string url, bool flag)
            {
                await [|gate.WaitAsync()|];
                if (flag)
                {
                    gate.Release();
                    return;
                }

                await http.DeleteAsync(url);
                gate.Release();
                Console.WriteLine(url);
            }
        """,
        """
            public async Task RunAsync(string url, bool flag)
            {
                await gate.WaitAsync();
                try
                {
                    if (flag)
                    {
                        return;
                    }

                    await http.DeleteAsync(url);
                }
                finally
                {
                    gate.Release();
                }
                Console.WriteLine(url);
            }
        """);

    [Fact]
    public Task Fix_TryThatBeginsTooLate() => Fix(
        """
            private string? cached;

            public async Task<string> RunAsync(string url)
            {
                await [|gate.WaitAsync()|];

                // Known already.
                if (cached is not null) return cached;

                try
                {
                    return cached = await http.GetStringAsync(url);
                }
                finally
                {
                    gate.Release();
                }
            }
        """,
        """
            private string? cached;

            public async Task<string> RunAsync(string url)
            {
                await gate.WaitAsync();
                try
                {
                    // Known already.
                    if (cached is not null) return cached;

                    return cached = await http.GetStringAsync(url);
                }
                finally
                {
                    gate.Release();
                }
            }
        """);

    [Fact]
    public Task Fix_KeepsTheBracesOfTheFile_FixAll() => Verify.CodeFix(
        """
        public sealed class Sample {
            private readonly SemaphoreSlim gate = new(1);

            public async Task RunAsync(HttpClient http) {
                await [|gate.WaitAsync()|].ConfigureAwait(false);
                await http.DeleteAsync("a").ConfigureAwait(false);
                gate.Release();
            }

            public async Task AgainAsync(HttpClient http) {
                await [|gate.WaitAsync()|].ConfigureAwait(false);
                await http.DeleteAsync("b").ConfigureAwait(false);
                gate.Release();
            }
        }
        """,
        """
        public sealed class Sample {
            private readonly SemaphoreSlim gate = new(1);

            public async Task RunAsync(HttpClient http) {
                await gate.WaitAsync().ConfigureAwait(false);
                try {
                    await http.DeleteAsync("a").ConfigureAwait(false);
                } finally {
                    gate.Release();
                }
            }

            public async Task AgainAsync(HttpClient http) {
                await gate.WaitAsync().ConfigureAwait(false);
                try {
                    await http.DeleteAsync("b").ConfigureAwait(false);
                } finally {
                    gate.Release();
                }
            }
        }
        """);

    [Theory]
    [InlineData("await [|gate.WaitAsync()|]; if (flag) { gate.Release(); await http.GetStringAsync(url); return; } await http.DeleteAsync(url); gate.Release();")]
    [InlineData("await [|gate.WaitAsync()|]; if (flag) { await http.DeleteAsync(url); gate.Release(); } else { gate.Release(); }")]
    [InlineData("await [|gate.WaitAsync()|];\nusing var answer = await http.GetAsync(url);\ngate.Release();\nConsole.WriteLine(answer.StatusCode);")]
    [InlineData("await [|gate.WaitAsync()|];\nvar known = new { Url = await http.GetStringAsync(url) };\ngate.Release();\nConsole.WriteLine(known.Url);")]
    public Task NoFix_WhereTheReleaseWouldMove(string statements) => Verify.NoCodeFix(Body("private readonly SemaphoreSlim gate = new(1);\npublic async Task RunAsync(string url, bool flag)\n{\n" + statements + "\n}"));
}
