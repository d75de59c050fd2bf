using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.SharedCollection.SharedCollectionAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.SharedCollection.SharedCollectionCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>EXM402: containers that several runs change at once.</summary>
public sealed class SharedCollectionTests
{
    private static readonly TestSettings Program = TestSettings.Default with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication };

    private static string Body(string members) => "public sealed class Sample(HttpClient http)\n{\n    private readonly List<int> kept = new();\n    private readonly object gate = new();\n" + members + "\n}\n";

    private static Task Reports(string members) => Verify.Analyzer(Body(members));

    private static Task InProgram(string members) => Verify.Analyzer("Console.WriteLine();\n" + Body(members), Program);

    private static Task Silent(string members) => Verify.Analyzer("Console.WriteLine();\n" + Body(members), Program);

    [Theory]
    [InlineData("var found = new List<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; });")]
    [InlineData("var found = new List<int>(); Parallel.For(0, 9, i => [|found.Insert(0, i)|]);")]
    [InlineData("IList<int> found = new List<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; });")]
    [InlineData("var found = new HashSet<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; });")]
    [InlineData("var found = new Dictionary<int, int>(); Parallel.ForEach(items, item => { [|found[item] = item|]; });")]
    [InlineData("var found = new Dictionary<int, int>(); Parallel.ForEach(items, item => { [|found[item]++|]; });")]
    [InlineData("var found = new Dictionary<int, int>(); Parallel.ForEach(items, item => { [|found.TryAdd(item, item)|]; });")]
    [InlineData("var found = new SortedDictionary<int, int>(); Parallel.ForEach(items, item => { [|found.Add(item, item)|]; });")]
    [InlineData("var found = new Queue<int>(); Parallel.ForEach(items, item => { [|found.Enqueue(item)|]; });")]
    [InlineData("var found = new System.Text.StringBuilder(); Parallel.ForEach(items, item => { [|found.Append(item)|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|kept.Add(item)|]; });")]
    [InlineData("items.AsParallel().ForAll(item => [|kept.Add(item)|]);")]
    [InlineData("Parallel.Invoke(() => [|kept.Add(1)|], () => [|kept.Add(2)|]);")]
    [InlineData("Task.WaitAll(Task.Run(() => [|kept.Add(1)|]), Task.Run(() => [|kept.Clear()|]));")]
    [InlineData("Task.WaitAll(items.Select(item => Task.Run(() => { [|kept.Add(item)|]; })).ToArray());")]
    [InlineData("foreach (var item in items) new Thread(() => [|kept.Add(item)|]).Start();")]
    [InlineData("foreach (var item in items) Task.Run(() => [|kept.Add(item)|]);")]
    public Task OnThreads_Reports(string statements) => Reports($$"""
            public void Run(int[] items)
            {
                {{statements}}
            }
        """);

    [Fact]
    public Task BehindTheFirstAwait_Reports() => InProgram("""
            public async Task<List<string>> RunAsync(string[] urls)
            {
                var pages = new List<string>();
                await Task.WhenAll(urls.Select(async url =>
                {
                    var page = await http.GetStringAsync(url);
                    [|pages.Add(page)|];
                }));
                return pages;
            }
        """);

    [Fact]
    public Task TasksAwaitedOneByOne_Reports() => InProgram("""
            public async Task<List<string>> RunAsync()
            {
                var pages = new List<string>();
                var first = ReadAsync("one");
                var second = ReadAsync("two");
                await first;
                await second;
                return pages;

                async Task ReadAsync(string url)
                {
                    var page = await http.GetStringAsync(url);
                    [|pages.Add(page)|];
                }
            }
        """);

    [Fact]
    public Task TasksAwaitedInTurn_IsSilent() => Silent("""
            public async Task<List<string>> RunAsync()
            {
                var pages = new List<string>();
                var first = ReadAsync("one");
                await first;
                var second = ReadAsync("two");
                await second;
                return pages;

                async Task ReadAsync(string url)
                {
                    var page = await http.GetStringAsync(url);
                    pages.Add(page);
                }
            }
        """);

    [Fact]
    public Task ArgumentAwaited_Reports() => InProgram("""
            public async Task<List<string>> RunAsync(string[] urls)
            {
                var pages = new List<string>();
                await Task.WhenAll(urls.Select(async url => [|pages.Add(await http.GetStringAsync(url))|]));
                return pages;
            }
        """);

    [Fact]
    public Task BehindTheFirstAwaitInALibrary_IsSuggestion() => Verify.Suggestion(Body("""
            public async Task<List<string>> RunAsync(string[] urls)
            {
                var pages = new List<string>();
                await Task.WhenAll(urls.Select(async url =>
                {
                    var page = await http.GetStringAsync(url);
                    [|pages.Add(page)|];
                }));
                return pages;
            }
        """));

    [Fact]
    public Task MethodOfTheSameObject_Reports() => Verify.Analyzer(
        Body("""
            public void Run(int[] items) => Parallel.ForEach(items, item => { {|#0:Keep(item)|}; });

            private void Keep(int item)
            {
                if (item > 1) kept.Add(item);
            }
        """),
        Verify.Diagnostic().WithLocation(0).WithMessage("'kept.Add(item)' of 'Keep' changes 'kept' while other turns of 'Parallel.ForEach' do the same, and 'List' takes one change at a time: items get lost or it throws; lock, or give each run a collection of its own"));

    [Fact]
    public Task ContainerOfTheUsersCatalogue_Reports() => Verify.Analyzer(
        """
        public sealed class Sample
        {
            public void Run(int[] items)
            {
                var found = new System.Collections.Specialized.StringCollection();
                Parallel.ForEach(items, item => { [|found.Add("")|]; });
            }
        }
        """,
        TestSettings.Default with { AdditionalFiles = [new("Shop.ExecutionCatalogue.txt", "T:System.Collections.Specialized.StringCollection ; read unsafe container\nM:System.Collections.Specialized.StringCollection.Add(*) ; write\n")] });

    // Silent

    /// <summary>peers.md 73, and its kin.</summary>
    [Theory]
    [InlineData("var results = new int[items.Length]; Parallel.For(0, items.Length, i => { results[i] = items[i]; });")]
    [InlineData("var results = new List<int>(items); Parallel.For(0, items.Length, i => { results[i] = items[i]; });")]
    [InlineData("var found = new System.Collections.Concurrent.ConcurrentBag<int>(); Parallel.ForEach(items, item => { found.Add(item); });")]
    [InlineData("var found = new System.Collections.Concurrent.ConcurrentDictionary<int, int>(); Parallel.ForEach(items, item => { found[item] = item; });")]
    [InlineData("var found = System.Collections.Immutable.ImmutableList<int>.Empty; Parallel.ForEach(items, item => { found.Add(item); });")]
    [InlineData("Parallel.ForEach(items, item => { lock (gate) { kept.Add(item); } });")]
    [InlineData("Parallel.ForEach(items, item => { lock (gate) kept.Add(item); });")]
    [InlineData("Parallel.ForEach(items, () => new List<int>(), (item, _, own) => { own.Add(item); return own; }, own => { lock (kept) kept.AddRange(own); });")]
    [InlineData("Parallel.ForEach(items, item => { var own = new List<int>(); own.Add(item); });")]
    [InlineData("var map = new Dictionary<int, List<int>>(); Parallel.ForEach(items, item => { map[item].Add(item); });")]
    [InlineData("Parallel.ForEach(items, item => { Console.WriteLine(kept.Count + kept.IndexOf(item)); });")]
    [InlineData("Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 1 }, item => { kept.Add(item); });")]
    [InlineData("Parallel.Invoke(() => kept.Add(1), () => Console.WriteLine());")]
    [InlineData("foreach (var item in items) Task.Run(() => kept.Add(item)).Wait();")]
    [InlineData("items.ToList().ForEach(item => kept.Add(item));")]
    [InlineData("Parallel.ForEach(items, item => { var spin = new SpinLock(); var taken = false; spin.Enter(ref taken); kept.Add(item); });")]
    public Task OwnGuardedOrSafe_IsSilent(string statements) => Silent($$"""
            public void Run(int[] items)
            {
                {{statements}}
            }
        """);

    /// <summary>peers.md 75: the source is enumerated, and the operations begin, on one thread.</summary>
    [Fact]
    public Task BeforeTheFirstAwait_IsSilent() => Silent("""
            public async Task RunAsync(string[] urls)
            {
                var asked = new List<string>();
                await Task.WhenAll(urls.Select(async url =>
                {
                    asked.Add(url);
                    await http.GetStringAsync(url);
                }));
            }
        """);

    [Fact]
    public Task ClassOfTheProgram_IsSilent() => Verify.Analyzer("""
        public sealed class SafeList : List<int> { public new void Add(int item) { lock (this) base.Add(item); } }

        public sealed class Sample
        {
            public void Run(int[] items)
            {
                var found = new SafeList();
                Parallel.ForEach(items, item => { found.Add(item); });
            }
        }
        """);

    [Fact]
    public Task ListOfUnknownClass_IsSilent() => Silent("""
            public void Run(int[] items, ICollection<int> found) => Parallel.ForEach(items, item => { found.Add(item); });
        """);

    [Fact]
    public Task SequentialAwaits_IsSilent() => Silent("""
            public async Task RunAsync(string[] urls)
            {
                foreach (var url in urls) kept.Add((await http.GetStringAsync(url)).Length);
            }
        """);

    // Fixes

    private static string Local(string statements) => Body($$"""
            public int Run(int[] items)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("var found = new List<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; }); return found.Count;", "var found = new System.Collections.Concurrent.ConcurrentBag<int>(); Parallel.ForEach(items, item => { found.Add(item); }); return found.Count;")]
    [InlineData("List<int> found = new(); Parallel.ForEach(items, item => { [|found.Add(item)|]; }); return found.Sum();", "System.Collections.Concurrent.ConcurrentBag<int> found = new(); Parallel.ForEach(items, item => { found.Add(item); }); return found.Sum();")]
    [InlineData("var found = new Dictionary<int, string>(); Parallel.ForEach(items, item => { [|found[item] = \"\"|]; }); return found.TryGetValue(1, out var text) ? text.Length : found.Count;", "var found = new System.Collections.Concurrent.ConcurrentDictionary<int, string>(); Parallel.ForEach(items, item => { found[item] = \"\"; }); return found.TryGetValue(1, out var text) ? text.Length : found.Count;")]
    [InlineData("var found = new Queue<int>(); Parallel.ForEach(items, item => { [|found.Enqueue(item)|]; }); foreach (var item in found) Console.WriteLine(item); return found.Count;", "var found = new System.Collections.Concurrent.ConcurrentQueue<int>(); Parallel.ForEach(items, item => { found.Enqueue(item); }); foreach (var item in found) Console.WriteLine(item); return found.Count;")]
    public Task Fix_TakesTheConcurrentForm(string before, string after) => Verify.CodeFix(Local(before), Local(after));

    [Theory]
    [InlineData("var found = new HashSet<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; }); return found.Count;", "var found = new HashSet<int>(); Parallel.ForEach(items, item => { lock (found) found.Add(item); }); return found.Count;")]
    [InlineData("var found = new List<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; }); return found[0];", "var found = new List<int>(); Parallel.ForEach(items, item => { lock (found) found.Add(item); }); return found[0];")]
    [InlineData("var found = new Dictionary<int, int>(); Parallel.ForEach(items, item => { [|found.Add(item, 1)|]; }); return found.Count;", "var found = new Dictionary<int, int>(); Parallel.ForEach(items, item => { lock (found) found.Add(item, 1); }); return found.Count;")]
    [InlineData("Parallel.ForEach(items, item => { [|kept.Add(item)|]; }); return 0;", "Parallel.ForEach(items, item => { lock (kept) kept.Add(item); }); return 0;")]
    [InlineData("Parallel.ForEach(items, item => [|kept.Add(item)|]); return 0;", "Parallel.ForEach(items, item => { lock (kept) kept.Add(item); }); return 0;")]
    [InlineData("Parallel.ForEach(items, item => { if (item > 1) [|kept.Add(item)|]; else [|kept.Add(1)|]; }); return 0;", "Parallel.ForEach(items, item => { if (item > 1) lock (kept) kept.Add(item); else lock (kept) kept.Add(1); }); return 0;")]
    public Task Fix_Locks(string before, string after) => Verify.CodeFix(Local(before), Local(after));

    [Fact]
    public Task Fix_LocksAsSecondChoice() => Verify.CodeFix(
        Local("var found = new List<int>(); Parallel.ForEach(items, item => { [|found.Add(item)|]; }); return found.Count;"),
        Local("var found = new List<int>(); Parallel.ForEach(items, item => { lock (found) found.Add(item); }); return found.Count;"),
        TestSettings.Default with { CodeActionIndex = 1, CodeActionTitle = "Lock 'found' for the change" });

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { if (!kept.Contains(item)) [|kept.Add(item)|]; });")]
    [InlineData("var found = new HashSet<int>(); Parallel.ForEach(items, item => { if ([|found.Add(item)|]) Console.WriteLine(item); });")]
    public Task RunThatAlsoReads_HasNoFix(string statement) => Verify.NoCodeFix(Body($$"""
            public void Run(int[] items)
            {
                {{statement}}
            }
        """));
}
