using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>EXM403: read, change, write back, by several runs at once.</summary>
public sealed class LostUpdateTests
{
    private static readonly TestSettings Program = TestSettings.Default with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication };

    private static string Body(string members) => "public sealed class Sample(HttpClient http)\n{\n    private int done;\n    private static long total;\n    private readonly object gate = new();\n" + members + "\n}\n";

    private static string Tool(string members) => "Console.WriteLine();\n" + Body(members);

    private static Task Reports(string members) => Verify.Analyzer(Body(members));

    private static Task InProgram(string members) => Verify.Analyzer(Tool(members), Program);

    private static Task Suggestion(string members) => Verify.Suggestion(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Tool(members), Program);

    // Threads

    [Theory]
    [InlineData("Parallel.For(0, items.Length, i => { [|count++|]; });")]
    [InlineData("Parallel.For(0, items.Length, i => { [|++count|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|count += item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|count = count + item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|count = item + count|]; });")]
    [InlineData("Parallel.ForEach(items, item => [|count -= item|]);")]
    [InlineData("Parallel.Invoke(() => [|count++|], () => [|count += 2|]);")]
    [InlineData("items.AsParallel().ForAll(item => [|count += item|]);")]
    [InlineData("var found = items.AsParallel().Where(item => { [|count++|]; return item > 1; }).ToArray();")]
    [InlineData("Task.WaitAll(Task.Run(() => [|count++|]), Task.Run(() => [|count--|]));")]
    [InlineData("Task.WaitAll(items.Select(item => Task.Run(() => { [|count += item|]; })).ToArray());")]
    [InlineData("var tasks = new List<Task>(); foreach (var item in items) tasks.Add(Task.Run(() => { [|count += item|]; })); Task.WaitAll(tasks.ToArray());")]
    [InlineData("var tasks = new List<Task>(); foreach (var item in items) tasks.Add(Task.Factory.StartNew(() => { [|count += item|]; })); Task.WaitAll(tasks.ToArray());")]
    [InlineData("foreach (var item in items) new Thread(() => [|count++|]).Start();")]
    [InlineData("Parallel.For(0, 9, () => 0, (i, _, part) => part + i, part => [|count += part|]);")]
    [InlineData("Parallel.For(0, 9, () => new { Sum = new int[1] }, (i, _, part) => { part.Sum[0] += i; return part; }, part => [|count += part.Sum[0]|]);")]
    [InlineData("Parallel.ForEach(items, item => { foreach (var part in items) [|count += part|]; });")]
    [InlineData("Parallel.ForEach(items, item => { items.ToList().ForEach(part => [|count += part|]); });")]
    [InlineData("Parallel.ForEach(items, item => { Step(); }); void Step() => [|count++|];")]
    public Task OnThreads_Reports(string statement) => Reports($$"""
            public int Run(int[] items)
            {
                var count = 0;
                {{statement}}
                return count;
            }
        """);

    [Theory]
    [InlineData("Parallel.For(0, items.Length, i => { [|counts[0]++|]; });")]
    [InlineData("const int Total = 3; Parallel.ForEach(items, item => { [|counts[Total] += item|]; });")]
    [InlineData("var last = counts.Length - 1; Parallel.ForEach(items, item => { [|counts[last]++|]; });")]
    [InlineData("Parallel.ForEach(items, item => { for (var j = 0; j < counts.Length; j++) [|counts[j] += item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { for (var j = 0; j < counts.Length; j++) [|counts[j] = counts[j] + item|]; });")]
    [InlineData("Parallel.For(0, 9, () => new int[3], (i, _, part) => part, part => { for (var j = 0; j < part.Length; j++) [|counts[j] += part[j]|]; });")]
    [InlineData("Parallel.ForEach(items, item => { for (var j = 0; j < 3; j++) for (var k = 0; k < 3; k++) [|grid[j][k] += item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|table[1, 2]++|]; });")]
    [InlineData("Task.WaitAll(items.Select(item => Task.Run(() => { [|counts[1] += item|]; })).ToArray());")]
    public Task SameElement_Reports(string statement) => Reports(Arrays(statement));

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { [|counts[item % 10]++|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|counts[item & 7] += item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|counts[item / 100]++|]; });")]
    [InlineData("Parallel.ForEach(bytes, item => { [|counts[item]++|]; });")]
    [InlineData("Parallel.For(0, bytes.Length, i => { [|counts[bytes[i]] += 2|]; });")]
    [InlineData("Parallel.For(0, items.Length, i => { [|counts[items[i]]++|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|counts[(int)(item * 0.1)]++|]; });")]
    [InlineData("Parallel.ForEach(items, item => { var place = Nearest(item); [|counts[place]++|]; });")]
    [InlineData("Parallel.For(0, items.Length, i => { var place = found[i] = Nearest(items[i]); [|counts[place] += i|]; });")]
    [InlineData("Parallel.ForEach(days, day => { [|counts[(int)day]++|]; });")]
    public Task ElementThatManySortInto_IsSuggestion(string statement) => Suggestion(Arrays(statement));

    [Theory]
    [InlineData("Parallel.For(0, items.Length, i => { counts[i]++; });")]
    [InlineData("Parallel.For(0, items.Length, i => { counts[i + 1] += 2; });")]
    [InlineData("Parallel.For(0, 9, y => { for (var x = 0; x < 9; x++) counts[y * 9 + x]++; });")]
    [InlineData("Parallel.For(0, 9, y => { var row = y * 9; for (var x = 0; x < 9; x++) counts[row + x]++; });")]
    [InlineData("Parallel.For(0, 9, y => { for (var x = 0; x < 9; x++) grid[y][x] += 1; });")]
    [InlineData("Parallel.For(0, 9, y => { for (var x = 0; x < 9; x++) table[y, x] += 1; });")]
    [InlineData("Parallel.For(0, 9, y => { grid[y][items[y] % 3]++; });")]
    [InlineData("Parallel.ForEach(items, item => { var own = new int[3]; own[0]++; });")]
    [InlineData("Parallel.For(0, items.Length, i => { counts[items[i]] += i; });")] // may be a list of different places
    [InlineData("Parallel.ForEach(items, item => { counts[item]++; });")]
    [InlineData("Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, 9), range => { for (var i = range.Item1; i < range.Item2; i++) counts[i]++; });")]
    [InlineData("var next = -1; Parallel.ForEach(items, item => { counts[Interlocked.Increment(ref next)] += item; });")]
    [InlineData("Parallel.ForEach(items, item => { counts[Environment.CurrentManagedThreadId % 10]++; });")]
    [InlineData("Parallel.For(0, 9, () => new int[3], (i, _, part) => { part[0] += i; return part; }, part => { });")]
    [InlineData("Parallel.ForEach(items, item => { lock (counts) counts[item % 10]++; });")]
    [InlineData("Parallel.ForEach(items, item => { Interlocked.Increment(ref counts[item % 10]); });")]
    [InlineData("Parallel.Invoke(() => counts[0]++, () => counts[1]++);")]
    [InlineData("for (var t = 0; t < 3; t++) { var own = t; tasks.Add(Task.Run(() => { counts[own]++; })); } Task.WaitAll(tasks.ToArray());")]
    [InlineData("Parallel.ForEach(items, item => { counts[item % 10] = item; });")] // the last one wins, nothing is read
    public Task ElementOfOneRun_IsSilent(string statement) => Silent(Arrays(statement));

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { [|best = Math.Max(best, item)|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|best = item > best ? item : best|]; });")]
    [InlineData("Parallel.ForEach(items, item => { if (item > best) [|best = item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { if (best < item) { Console.WriteLine(); [|best = item|]; } });")]
    [InlineData("Parallel.ForEach(items, item => { [|best = best + item + 1|]; });")]
    [InlineData("Parallel.For(0, 9, () => 0, (i, _, part) => part + i, part => [|best = Math.Max(part, best)|]);")]
    public Task MadeOfItself_Reports(string statement) => Reports(Arrays("var best = 0; " + statement));

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { lock (counts) best = Math.Max(best, item); });")]
    [InlineData("Parallel.ForEach(items, item => { var own = 0; own = Math.Max(own, item); });")]
    [InlineData("Parallel.ForEach(items, item => { best = Math.Max(item, 3); });")]
    [InlineData("Parallel.ForEach(items, item => { if (item > best) lock (counts) { if (item > best) best = item; } });")]
    [InlineData("Parallel.ForEach(items, item => { if (item > 3) best = item; });")]
    [InlineData("Parallel.ForEach(items, item => { if (item > best) best = 0; });")]
    [InlineData("Parallel.ForEach(items, item => { if (Environment.TickCount > best) best = Environment.TickCount + 500; });")] // tells how far it is, now and then
    [InlineData("Parallel.ForEach(items, item => { var own = 0; if (item > own) own = item; });")]
    [InlineData("var one = default(string); Parallel.ForEach(items, item => { one = one == null ? \"\" : one; });")] // all make the same
    [InlineData("var one = default(string); Parallel.ForEach(items, item => { one = LazyInitializer.EnsureInitialized(ref one, () => \"\"); });")]
    public Task NotMadeOfItself_IsSilent(string statement) => Silent(Arrays("var best = 0; " + statement));

    private static string Arrays(string statement) => $$"""
            private static int Nearest(int item) => item < 5 ? 1 : 2;

            public void Run(int[] items, byte[] bytes, DayOfWeek[] days, int[] counts, int[] found, int[][] grid, int[,] table)
            {
                var tasks = new List<Task>();
                {{statement}}
            }
        """;

    [Theory]
    [InlineData("[|done++|]")]
    [InlineData("[|total += item|]")]
    [InlineData("[|this.done += item|]")]
    public Task Field_Reports(string update) => Reports($$"""
            public void Run(int[] items) => Parallel.ForEach(items, item => { {{update}}; });
        """);

    [Fact]
    public Task PropertyOfASharedObject_Reports() => Verify.Analyzer("""
        public sealed class Statistics { public int Done { get; set; } }

        public sealed class Sample
        {
            public Statistics Run(int[] items)
            {
                var statistics = new Statistics();
                Parallel.ForEach(items, item => { [|statistics.Done++|]; });
                return statistics;
            }
        }
        """);

    [Fact]
    public Task MethodOfTheSameObject_Reports() => Verify.Analyzer(
        Body("""
            public void Run(int[] items) => Parallel.ForEach(items, item => {|#0:Count(item)|});

            private void Count(int item)
            {
                if (item > 1) done++;
            }
        """),
        Verify.Diagnostic().WithLocation(0).WithMessage("'done++' of 'Count' reads 'done' and writes it back while other turns of 'Parallel.ForEach' do: updates get lost; use 'Interlocked.Increment'"));

    [Fact]
    public Task Message_NamesTheStepAndTheRemedy() => Verify.Analyzer(
        Body("""
            public int Run(int[] items)
            {
                var count = 0;
                {|#1:Parallel.ForEach|}(items, item => { {|#0:count += item|}; });
                return count;
            }
        """.Replace("{|#1:Parallel.ForEach|}", "Parallel.{|#1:ForEach|}", StringComparison.Ordinal)),
        Verify.Diagnostic().WithLocation(0).WithPartners(1).WithMessage("'count += item' reads 'count' and writes it back while other turns of 'Parallel.ForEach' do: updates get lost; use 'Interlocked.Add'"));

    // Operations that overlap at their awaits

    [Fact]
    public Task BehindTheFirstAwait_Reports() => InProgram("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    await http.GetStringAsync(url);
                    [|count++|];
                }));
                return count;
            }
        """);

    [Fact]
    public Task ForEachAsync_Reports() => Reports("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Parallel.ForEachAsync(urls, async (url, stop) =>
                {
                    [|count++|];
                    await http.GetStringAsync(url, stop);
                });
                return count;
            }
        """);

    /// <summary>Whoever calls the library may have a context that keeps all of it on one thread.</summary>
    [Fact]
    public Task BehindTheFirstAwaitInALibrary_IsSuggestion() => Suggestion("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    await http.GetStringAsync(url);
                    [|count++|];
                }));
                return count;
            }
        """);

    [Fact]
    public Task BehindAnAwaitWithoutContext_Reports() => Reports("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    await http.GetStringAsync(url).ConfigureAwait(false);
                    [|count++|];
                }));
                return count;
            }
        """);

    [Fact]
    public Task ReadBeforeTheAwait_Reports() => Reports("""
            public async Task<int> RunAsync(string[] urls)
            {
                var length = 0;
                await Task.WhenAll(urls.Select(async url => { [|length += (await http.GetStringAsync(url)).Length|]; }));
                return length;
            }
        """);

    [Fact]
    public Task AsyncMethodStartedPerItem_Reports() => InProgram("""
            public async Task<int> RunAsync(string[] urls)
            {
                await Task.WhenAll(urls.Select(url => [|LoadAsync(url)|]));
                return done;
            }

            private async Task LoadAsync(string url)
            {
                await http.GetStringAsync(url);
                done++;
            }
        """);

    [Fact]
    public Task LocalFunctionStartedTwice_Reports() => InProgram("""
            public async Task<int> RunAsync()
            {
                var length = 0;
                await Task.WhenAll(LoadAsync("a"), LoadAsync("b"));
                return length;

                async Task LoadAsync(string url) { [|length += (await http.GetStringAsync(url)).Length|]; }
            }
        """);

    [Fact]
    public Task MethodGroup_Reports() => Reports("""
            public void Run(int[] items) => Parallel.ForEach(items, [|Count|]);

            private void Count(int item) => done += item;
        """);

    [Fact]
    public Task TasksAwaitedInTurn_Reports() => Reports("""
            public async Task<int> RunAsync()
            {
                var count = 0;
                var a = Task.Run(() => [|count++|]);
                var b = Task.Run(() => { [|count += 2|]; });
                await a;
                await b;
                return count;
            }
        """);

    [Fact]
    public Task StaticReadBeforeTheAwait_IsSuggestion() => Suggestion("""
            public async Task RunAsync() => [|total += (await http.GetStringAsync("a")).Length|];
        """);

    [Fact]
    public Task StaticReadBeforeTheAwaitWhereNothingIsCalled_IsSuggestion() => Suggestion("""
            public async Task AddAsync(Task<int> part) => [|total += await part|];
        """);

    [Fact]
    public Task StaticBesideALocalOfItsName_IsSuggestion() => Suggestion("""
            public async Task RunAsync()
            {
                { var total = 1; Console.WriteLine(total); }
                [|total += (await http.GetStringAsync("a")).Length|];
            }
        """);

    // Silent

    [Theory]
    [InlineData("var total = 0; total += (await http.GetStringAsync(\"a\")).Length; Console.WriteLine(total);")]
    [InlineData("int total = 0, more = 1; foreach (var url in new[] { \"a\" }) { if (more > 0) total = total + (await http.GetStringAsync(url)).Length; }")]
    [InlineData("done += (await http.GetStringAsync(\"a\")).Length;")]
    [InlineData("total = (await http.GetStringAsync(\"a\")).Length;")]
    [InlineData("total += await Task.FromResult(1);")]
    [InlineData("var added = (await http.GetStringAsync(\"a\")).Length; total += added;")]
    public Task WithoutSecondCallerOrWait_IsSilent(string statement) => Silent($$"""
            public async Task RunAsync()
            {
                {{statement}}
                await Task.Yield();
            }
        """);

    [Theory]
    [InlineData("Parallel.For(0, items.Length, i => { var own = 0; own += i; });")]
    [InlineData("Parallel.For(0, items.Length, i => { lock (gate) { count++; } });")]
    [InlineData("Parallel.For(0, items.Length, i => { Interlocked.Increment(ref count); });")]
    [InlineData("Parallel.For(0, items.Length, i => { items[i] += 1; });")]
    [InlineData("Parallel.For(0, 9, () => 0, (i, _, part) => { part += i; return part; }, part => Interlocked.Add(ref count, part));")]
    [InlineData("Parallel.For(0, items.Length, new ParallelOptions { MaxDegreeOfParallelism = 1 }, i => { count++; });")]
    [InlineData("items.AsParallel().WithDegreeOfParallelism(1).ForAll(item => count += item);")]
    [InlineData("Parallel.For(0, items.Length, i => { if (i == 0) count++; });")]
    [InlineData("Parallel.Invoke(() => count++, () => Console.WriteLine());")]
    [InlineData("Task.Run(() => count++).Wait();")]
    [InlineData("foreach (var item in items) { Task.Run(() => count += item).Wait(); }")]
    [InlineData("foreach (var item in items) { var run = Task.Run(() => count += item); run.Wait(); }")]
    [InlineData("new Thread(() => count++).Start();")]
    [InlineData("Parallel.ForEach(items, item => { Monitor.Enter(gate); try { count++; } finally { Monitor.Exit(gate); } });")]
    [InlineData("Parallel.ForEach(items, item => { Action later = () => count++; });")]
    [InlineData("items.ToList().ForEach(item => count += item);")]
    [InlineData("Parallel.ForEach(items, item => { var found = count + item; });")]
    public Task OwnGuardedOrAlone_IsSilent(string statement) => Silent($$"""
            public int Run(int[] items)
            {
                var count = 0;
                {{statement}}
                return count;
            }
        """);

    /// <summary>peers.md 75: until the first await the operations take turns.</summary>
    [Fact]
    public Task BeforeTheFirstAwait_IsSilent() => Silent("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    count++;
                    await http.GetStringAsync(url);
                }));
                return count;
            }
        """);

    [Fact]
    public Task AwaitOfWhatIsDone_IsSilent() => Silent("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    await Task.CompletedTask;
                    count++;
                }));
                return count;
            }
        """);

    [Fact]
    public Task BehindASemaphoreOfOne_IsSilent() => Silent(Behind("private readonly SemaphoreSlim turn = new(1);", "", "count += (await http.GetStringAsync(url)).Length"));

    /// <param name="field">The semaphore 'turn', if it is one of the object.</param>
    /// <param name="local">The same, if it is one of the call.</param>
    private static string Behind(string field, string local, string update) => $$"""
            {{field}}

            public async Task<int> RunAsync(string[] urls)
            {
                {{local}}
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    await turn.WaitAsync();
                    try { {{update}}; } finally { turn.Release(); }
                }));
                return count;
            }
        """;

    [Theory]
    [InlineData("private readonly SemaphoreSlim turn = new(20);", "")]
    [InlineData("private const int Most = 4; private readonly SemaphoreSlim turn = new(Most);", "")]
    [InlineData("private readonly SemaphoreSlim turn = new(Environment.ProcessorCount, 64);", "")]
    [InlineData("", "using var turn = new SemaphoreSlim(4);")]
    [InlineData("", "var most = urls.Length / 2; using var turn = new SemaphoreSlim(most);")]
    public Task BehindASemaphoreThatLetsSeveralPass_Reports(string field, string local) => InProgram(Behind(field, local, "[|count += (await http.GetStringAsync(url)).Length|]"));

    [Theory]
    [InlineData("private const int Most = 1; private readonly SemaphoreSlim turn = new(Most, Most);", "")]
    [InlineData("private readonly SemaphoreSlim turn; public Sample(SemaphoreSlim turn) : this(new HttpClient()) => this.turn = turn;", "")]
    [InlineData("", "using var turn = new SemaphoreSlim(initialCount: 1);")]
    public Task BehindASemaphoreThatMayBeALock_IsSilent(string field, string local) => Silent(Behind(field, local, "count += (await http.GetStringAsync(url)).Length"));

    [Fact]
    public Task InTurn_IsSilent() => Silent("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                foreach (var url in urls) count += (await http.GetStringAsync(url)).Length;
                return count;
            }
        """);

    [Fact]
    public Task FieldOfTheThread_IsSilent() => Silent("""
            [ThreadStatic] private static int mine;

            public void Run(int[] items) => Parallel.ForEach(items, item => { mine++; });
        """);

    [Fact]
    public Task ObjectOfTheItem_IsSilent() => Verify.Analyzer("""
        public sealed class Item { public int Done { get; set; } public Item? Next; }

        public sealed class Sample
        {
            public void Run(Item[] items) => Parallel.ForEach(items, item => { item.Done++; var own = new Item(); own.Done += 2; });
        }
        """);

    [Fact]
    public Task UiContext_IsSilent() => Verify.Analyzer("""
        namespace Avalonia { public class AvaloniaObject { } }

        public sealed class Main(HttpClient http) : Avalonia.AvaloniaObject
        {
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    await http.GetStringAsync(url);
                    count++;
                }));
                return count;
            }
        }
        """);

    [Fact]
    public Task TestCode_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class CounterTests
        {
            [Xunit.Fact]
            public void Counts()
            {
                var count = 0;
                Parallel.For(0, 9, i => { count++; });
            }
        }
        """);

    [Fact]
    public Task CertainOnly_IsSilent() => Verify.Analyzer(
        Body("""
            public async Task<int> RunAsync(string[] urls)
            {
                var count = 0;
                await Task.WhenAll(urls.Select(async url => { await http.GetStringAsync(url); count++; }));
                return count;
            }
        """),
        TestSettings.Default with { Options = new Dictionary<string, string> { [RuleOptions.MinimumConfidence.Key] = "certain" } });

    // Fixes

    private static Task Fix(string before, string after, string declared = "var count = 0;") => Verify.CodeFix(
        Body($$"""
            public long Run(int[] items, HttpClient http)
            {
                {{declared}}
                {{before}}
                return count;
            }
        """),
        Body($$"""
            public long Run(int[] items, HttpClient http)
            {
                {{declared}}
                {{after}}
                return count;
            }
        """));

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { [|count++|]; });", "Parallel.ForEach(items, item => { Interlocked.Increment(ref count); });")]
    [InlineData("Parallel.ForEach(items, item => { [|--count|]; });", "Parallel.ForEach(items, item => { Interlocked.Decrement(ref count); });")]
    [InlineData("Parallel.ForEach(items, item => [|count++|]);", "Parallel.ForEach(items, item => Interlocked.Increment(ref count));")]
    [InlineData("Parallel.ForEach(items, item => { var at = [|count++|]; Console.WriteLine(at); });", "Parallel.ForEach(items, item => { var at = Interlocked.Increment(ref count) - 1; Console.WriteLine(at); });")]
    [InlineData("Parallel.ForEach(items, item => { var at = [|++count|] * 2; Console.WriteLine(at); });", "Parallel.ForEach(items, item => { var at = Interlocked.Increment(ref count) * 2; Console.WriteLine(at); });")]
    [InlineData("Parallel.ForEach(items, item => { var at = [|count++|] * 2; Console.WriteLine(at); });", "Parallel.ForEach(items, item => { var at = (Interlocked.Increment(ref count) - 1) * 2; Console.WriteLine(at); });")]
    [InlineData("Parallel.ForEach(items, item => { [|count += item * 2|]; });", "Parallel.ForEach(items, item => { Interlocked.Add(ref count, item * 2); });")]
    [InlineData("Parallel.ForEach(items, item => { [|count -= item * 2|]; });", "Parallel.ForEach(items, item => { Interlocked.Add(ref count, -(item * 2)); });")]
    [InlineData("Parallel.ForEach(items, item => { [|count = count + item|]; });", "Parallel.ForEach(items, item => { Interlocked.Add(ref count, item); });")]
    [InlineData("Parallel.ForEach(items, item => { /* all */ [|count += item|]; /* of them */ });", "Parallel.ForEach(items, item => { /* all */ Interlocked.Add(ref count, item); /* of them */ });")]
    [InlineData("Parallel.ForEach(items, item => { [|count++|]; if (item > 1) [|count++|]; });", "Parallel.ForEach(items, item => { Interlocked.Increment(ref count); if (item > 1) Interlocked.Increment(ref count); });")]
    public Task Fix_MakesItOneStep(string before, string after) => Fix(before, after);

    [Theory]
    [InlineData("[|counts[0] += item|]", "Interlocked.Add(ref counts[0], item)")]
    [InlineData("[|counts[0] = counts[0] + item|]", "Interlocked.Add(ref counts[0], item)")]
    public Task Fix_OfAnElement(string before, string after) => Verify.CodeFix(Counts(before), Counts(after));

    [Theory]
    [InlineData("[|counts[item % 10]++|]", "Interlocked.Increment(ref counts[item % 10])")]
    [InlineData("[|--counts[item % 10]|]", "Interlocked.Decrement(ref counts[item % 10])")]
    public Task Fix_OfAnElementThatManySortInto(string before, string after) => Verify.SuggestionFix(Counts(before), Counts(after));

    private static string Counts(string update) => Body($$"""
            public void Run(int[] items, long[] counts) => Parallel.ForEach(items, item => { {{update}}; });
        """);

    [Fact]
    public Task Fix_OfALong() => Fix("Parallel.ForEach(items, item => { [|count += item|]; });", "Parallel.ForEach(items, item => { Interlocked.Add(ref count, item); });", "long count = 0;");

    [Fact]
    public Task Fix_OfFields() => Verify.CodeFix(
        Body("""
            public void Run(int[] items) => Parallel.ForEach(items, item =>
            {
                [|done++|];
                [|total += item|];
            });
        """),
        Body("""
            public void Run(int[] items) => Parallel.ForEach(items, item =>
            {
                Interlocked.Increment(ref done);
                Interlocked.Add(ref total, item);
            });
        """));

    /// <summary>"Fix all" and <c>dotnet format</c> make the edits of one kind: both forms have to be of it.</summary>
    [Fact]
    public Task Fix_OfBothForms_AtOnce() => Verify.CodeFix(
        Body("""
            public Task RunAsync(string[] urls) => Parallel.ForEachAsync(urls, async (url, stop) =>
            {
                [|total += (await http.GetStringAsync(url, stop)).Length|];
                [|done++|];
            });
        """),
        Body("""
            public Task RunAsync(string[] urls) => Parallel.ForEachAsync(urls, async (url, stop) =>
            {
                var added = (await http.GetStringAsync(url, stop)).Length;
                Interlocked.Add(ref total, added);
                Interlocked.Increment(ref done);
            });
        """));

    [Fact]
    public Task Fix_AwaitsFirst() => Verify.CodeFix(
        Body("""
            public async Task<int> RunAsync(string[] urls)
            {
                var length = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    // the whole page
                    [|length += (await http.GetStringAsync(url)).Length|];
                }));
                return length;
            }
        """),
        Body("""
            public async Task<int> RunAsync(string[] urls)
            {
                var length = 0;
                await Task.WhenAll(urls.Select(async url =>
                {
                    // the whole page
                    var added = (await http.GetStringAsync(url)).Length;
                    Interlocked.Add(ref length, added);
                }));
                return length;
            }
        """));

    [Fact]
    public Task Fix_OfAStatic_AwaitsFirst() => Verify.SuggestionFix(
        Body("""
            public async Task RunAsync()
            {
                [|total += (await http.GetStringAsync("a")).Length|];
            }
        """),
        Body("""
            public async Task RunAsync()
            {
                var added = (await http.GetStringAsync("a")).Length;
                total += added;
            }
        """));

    /// <summary>On the one thread of a UI, awaiting first is enough.</summary>
    [Fact]
    public Task Fix_AwaitsFirstOnOneThread() => Verify.CodeFix(
        Ui("[|length += await LengthAsync(url)|];"),
        Ui("var added = await LengthAsync(url);\n        length += added;"));

    private static string Ui(string statement) => $$"""
        namespace Avalonia { public class AvaloniaObject { } }

        public sealed class Main(HttpClient http) : Avalonia.AvaloniaObject
        {
            private double length;

            public Task RunAsync(string[] urls) => Task.WhenAll(urls.Select(async url =>
            {
                {{statement}}
            }));

            private async Task<double> LengthAsync(string url) => (await http.GetStringAsync(url)).Length;
        }
        """;

    [Theory]
    [InlineData("double count = 1;", "[|count *= item|];")]
    [InlineData("decimal count = 0;", "[|count++|];")]
    [InlineData("int count = 0;", "[|count *= 2|];")]
    [InlineData("int count = 0;", "[|count = item + count|];")]
    public Task WithoutInterlockedForm_HasNoFix(string declared, string update) => Verify.NoCodeFix(Body($$"""
            public void Run(int[] items)
            {
                {{declared}}
                Parallel.ForEach(items, item => { {{update}} });
            }
        """));
}
