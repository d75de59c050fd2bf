using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.AsyncVoidBody.AsyncVoidBodyAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.AsyncVoidBody.AsyncVoidBodyCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM107. Calls that count as done when their delegates come back are warnings, callbacks that nobody waits for are suggestions.</summary>
public sealed class AsyncVoidBodyTests
{
    private static string Body(string members) => "using System.Collections.Immutable;\npublic sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n";

    private static Task Warning(string members, TestSettings? settings = null) => Verify.Analyzer(Body(members), settings ?? TestSettings.Default);

    private static Task Suggestion(string members) => Verify.Suggestion(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Body(members));

    // Calls that somebody takes for done

    [Theory]
    [InlineData("Parallel.[|ForEach|](urls, async url => await http.GetStringAsync(url));")]
    [InlineData("Parallel.[|ForEach|](urls, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async url => await http.GetStringAsync(url));")]
    [InlineData("Parallel.[|ForEach|](urls, async (url, state) => await http.GetStringAsync(url));")]
    [InlineData("Parallel.[|ForEach|](urls, async (url, state, index) => await http.GetStringAsync(url));")]
    [InlineData("Parallel.[|For|](0, urls.Count, async i => await http.GetStringAsync(urls[i]));")]
    [InlineData("Parallel.[|For|](0L, urls.Count, async i => await http.GetStringAsync(urls[(int)i]));")]
    [InlineData("Parallel.[|Invoke|](async () => await http.GetStringAsync(urls[0]), () => Console.WriteLine());")]
    [InlineData("Parallel.[|Invoke|](new ParallelOptions(), async () => await http.GetStringAsync(urls[0]));")]
    [InlineData("urls.[|ForEach|](async url => await http.GetStringAsync(url));")]
    [InlineData("urls?.[|ForEach|](async url => await http.GetStringAsync(url));")]
    [InlineData("urls.Where(u => u.Length > 0).ToList().[|ForEach|](async url => await http.GetStringAsync(url));")]
    [InlineData("urls.ToImmutableList().[|ForEach|](async url => await http.GetStringAsync(url));")]
    [InlineData("Array.[|ForEach|](urls.ToArray(), async url => await http.GetStringAsync(url));")]
    [InlineData("urls.AsParallel().[|ForAll|](async url => await http.GetStringAsync(url));")]
    [InlineData("new [|Thread|](async () => await http.GetStringAsync(urls[0])).Start();")]
    [InlineData("new [|Task|](async () => await http.GetStringAsync(urls[0])).Start();")]
    [InlineData("ExecutionContext.[|Run|](ExecutionContext.Capture()!, async _ => await http.GetStringAsync(urls[0]), null);")]
    [InlineData("Parallel.[|ForEach|](urls, async delegate(string url) { await http.GetStringAsync(url); });")]
    [InlineData("Parallel.[|ForEach|](urls, async url => { await using var file = File.OpenRead(url); });")]
    public Task CallThatDropsTheTask_Reports(string statement) => Warning($$"""
            public void Run(List<string> urls)
            {
                {{statement}}
            }
        """);

    [Fact]
    public Task AsyncVoidMethodGroup_Reports() => Warning("""
            public void Run(List<string> urls) => urls.[|ForEach|](Load);

            private async void Load(string url) => await http.GetStringAsync(url);
        """);

    [Fact]
    public Task AsyncVoidLocalFunction_Reports() => Warning("""
            public void Run(List<string> urls)
            {
                Parallel.[|ForEach|](urls, Load);

                async void Load(string url) => await http.GetStringAsync(url);
            }
        """);

    [Fact]
    public Task OwnLoopByItsBody_Reports() => Warning("""
            public void Run(IEnumerable<string> urls) => Each(urls, async url => await http.GetStringAsync(url));

            private static void Each<T>(IEnumerable<T> items, Action<T> action)
            {
                ArgumentNullException.ThrowIfNull(action);
                foreach (var item in items) action(item);
            }
        """.Replace("=> Each", "=> [|Each|]", StringComparison.Ordinal));

    [Fact]
    public Task OwnExtensionByItsBody_Reports() => Verify.Analyzer("""
        public static class Sequences
        {
            public static void Each<T>(this IEnumerable<T> items, Action<T>? action)
            {
                foreach (var item in items) action?.Invoke(item);
            }
        }

        public sealed class Sample(HttpClient http)
        {
            public void Run(IEnumerable<string> urls) => urls.[|Each|](async url => await http.GetStringAsync(url));
        }
        """);

    [Fact]
    public Task OwnStopwatchAroundTheWork_Reports() => Warning("""
            public void Run(string url) => [|Measure|](async () => await http.GetStringAsync(url));

            private static TimeSpan Measure(Action work)
            {
                var start = DateTime.UtcNow;
                work();
                return DateTime.UtcNow - start;
            }
        """);

    /// <summary>Somebody waits for the end, by another way than a task.</summary>
    [Theory]
    [InlineData("var end = new TaskCompletionSource(); ExecutionContext.Run(ExecutionContext.Capture()!, async _ => { try { await http.GetStringAsync(\"a\"); } catch (Exception) { } finally { end.SetResult(); } }, null); await end.Task;")]
    [InlineData("using var left = new CountdownEvent(urls.Count); urls.ForEach(async url => { try { await http.GetStringAsync(url); } catch (Exception) { } finally { left.Signal(); } }); left.Wait(); await Task.Yield();")]
    [InlineData("using var done = new ManualResetEventSlim(); urls.ForEach(async url => { try { await http.GetStringAsync(url); } catch (Exception) { } done.Set(); }); done.Wait(); await Task.Yield();")]
    public Task GuardedBodyThatTellsItsEnd_IsSilent(string body) => Silent($$"""
            public async Task RunAsync(List<string> urls) { {{body}} }
        """);

    [Fact]
    public Task BodyThatTellsItsEndAndMayFault_Reports() => Verify.Analyzer(Body("""
            public async Task RunAsync(List<string> urls)
            {
                using var left = new CountdownEvent(urls.Count);
                urls.[|ForEach|](async url => { await http.GetStringAsync(url); left.Signal(); });
                left.Wait();
                await Task.Yield();
            }
        """));

    [Fact]
    public Task GuardedBodyOfALoop_Reports() => Verify.Analyzer(
        Body("""
            public void Run(List<string> urls) => urls.{|#0:ForEach|}(async url =>
            {
                try
                {
                    await http.GetStringAsync(url);
                }
                catch (Exception)
                {
                }
            });
        """),
        Verify.Diagnostic().WithLocation(0).WithMessage("Nobody awaits the async lambda handed to 'List.ForEach': the call is done with it at its first await, what follows runs unseen; a 'foreach' awaits it"));

    [Fact]
    public Task NestedInALambda_Reports() => Warning("""
            public Task RunAsync(List<string> urls) => Task.Run(() => urls.[|ForEach|](async url => await http.GetStringAsync(url)));
        """);

    [Fact]
    public Task CatalogueOfTheUser_Reports() => Verify.Analyzer(
        Body("public void Run(IBatches batches) => batches.[|Each|](async url => await http.GetStringAsync(url));") + "public interface IBatches { void Each(Action<string> action); }",
        TestSettings.Default with { AdditionalFiles = [new TestFile("Shop.ExecutionCatalogue.txt", "M:IBatches+.Each(*) ; drops=joined")] });

    [Fact]
    public Task Message_NamesLambdaCallAndRemedy() => Verify.Analyzer(
        Body("public void Run(List<string> urls) => Parallel.{|#0:ForEach|}(urls, async url => await http.GetStringAsync(url));"),
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "Nobody awaits the async lambda handed to 'Parallel.ForEach': the call is done with it at its first await, and a fault after that ends the process; 'Parallel.ForEachAsync' awaits it"));

    [Fact]
    public Task Message_NamesTheMethod() => Verify.Analyzer(
        Body("public Thread Run() => new {|#0:Thread|}(Load); private async void Load() => await http.GetStringAsync(\"a\");"),
        Verify.Diagnostic().WithLocation(0).WithMessage("Nobody awaits the async method 'Load' handed to 'new Thread': the call is done with it at its first await, and a fault after that ends the process"));

    // Callbacks that nobody waits for

    [Theory]
    [InlineData("new [|Timer|](async _ => await http.GetStringAsync(url));")]
    [InlineData("ThreadPool.[|QueueUserWorkItem|](async _ => await http.GetStringAsync(url));")]
    [InlineData("stop.[|Register|](async () => await http.GetStringAsync(url));")]
    [InlineData("TimeProvider.System.[|CreateTimer|](async _ => await http.GetStringAsync(url), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("new [|Timer|](async _ => { try { await http.GetStringAsync(url); } catch (HttpRequestException) { } });")]
    [InlineData("new [|Timer|](async _ => { try { await http.GetStringAsync(url); } catch (Exception) { throw; } });")]
    [InlineData("new [|Timer|](async _ => { try { await http.GetStringAsync(url); } catch (Exception) { } await http.GetStringAsync(url); });")]
    public Task DetachedCallback_IsSuggestion(string statement) => Suggestion($$"""
            public void Run(string url, CancellationToken stop)
            {
                {{statement}}
            }
        """);

    [Fact]
    public Task CallbackWhoseCalleeMayFail_IsSuggestion() => Suggestion("""
            public Timer Run() => new [|Timer|](Tick, null, 1000, 1000);

            private async void Tick(object? state) => await LoadAsync();

            private async Task LoadAsync() => await http.GetStringAsync("a");
        """);

    [Fact]
    public Task ConfidenceCertain_LeavesOutDetachedCallbacks_IsSilent() => Verify.Analyzer(
        Body("public Timer Run() => new Timer(async _ => await http.GetStringAsync(\"a\"));"),
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    // Where an async void function is right, or nothing is lost

    [Theory]
    [InlineData("new Timer(async _ => { try { await http.GetStringAsync(url); } catch (Exception) { } });")]
    [InlineData("ThreadPool.QueueUserWorkItem(async _ => { try { await http.GetStringAsync(url); } catch { } });")]
    public Task GuardedCallback_IsSilent(string statement) => Silent($$"""
            public void Run(string url)
            {
                {{statement}}
            }
        """);

    [Fact]
    public Task CallbackGuardedInItsCallee_IsSilent() => Silent("""
            public Timer Run() => new Timer(Tick, null, 1000, 1000);

            private async void Tick(object? state)
            {
                if (state is null) await LoadAsync();
            }

            private async Task LoadAsync()
            {
                await Task.Delay(10);
                try
                {
                    await http.GetStringAsync("a");
                }
                catch (Exception fault)
                {
                    Console.WriteLine(fault);
                }
            }
        """);

    [Theory]
    [InlineData("await Parallel.ForEachAsync(urls, async (url, stop) => await http.GetStringAsync(url, stop));")]
    [InlineData("await Task.Run(async () => await http.GetStringAsync(urls[0]));")]
    [InlineData("await Task.WhenAll(urls.Select(async url => await http.GetStringAsync(url)));")]
    [InlineData("await Task.Factory.StartNew(async () => await http.GetStringAsync(urls[0])).Unwrap();")]
    [InlineData("Parallel.ForEach(urls, url => Console.WriteLine(url));")]
    [InlineData("urls.ForEach(url => _ = http.GetStringAsync(url));")]
    [InlineData("await Task.Yield(); Func<string, Task> load = async url => await http.GetStringAsync(url); await load(urls[0]);")]
    public Task TaskIsKept_IsSilent(string statement) => Silent($$"""
            public async Task RunAsync(List<string> urls)
            {
                {{statement}}
                await Task.Yield();
            }
        """);

    [Fact]
    public Task LambdaThatAwaitsNothing_IsSilent() => Silent("""
        #pragma warning disable CS1998
            public void Run(List<string> urls) => urls.ForEach(async url => Console.WriteLine(url));
        """);

    /// <summary>peers.md 43: forgotten, but not async void.</summary>
    [Theory]
    [InlineData("_ = Task.Run(async () => await http.GetStringAsync(url));")]
    [InlineData("Task.Run(async () => { await http.GetStringAsync(url); });")]
    [InlineData("_ = Task.Factory.StartNew(async () => await http.GetStringAsync(url));")]
    [InlineData("_ = LoadAsync(); async Task LoadAsync() => await http.GetStringAsync(url);")]
    public Task FireAndForget_IsSilent(string statement) => Silent($$"""
            public void Run(string url)
            {
                {{statement}}
            }
        """);

    /// <summary>peers.md 44: a delegate type of one's own, with arguments of one's own.</summary>
    [Fact]
    public Task EventWithArgumentsOfItsOwn_IsSilent() => Silent("""
            public delegate void Moved<T>(object sender, T e) where T : EventArgs;
            public sealed class Place : EventArgs;
            public event Moved<Place>? Arrived;

            public void Run()
            {
                Arrived += async (_, e) => await http.GetStringAsync(e.ToString());
                Arrived += OnArrived;
            }

            private async void OnArrived(object sender, Place e) => await http.GetStringAsync("c");
        """);

    /// <summary>peers.md 44: handlers of events are <c>async void</c> by design.</summary>
    [Fact]
    public Task EventHandlers_IsSilent() => Silent("""
            public event EventHandler? Ticked;

            public void Run(System.Timers.Timer timer)
            {
                Ticked += async (_, _) => await http.GetStringAsync("a");
                timer.Elapsed += async (_, _) => await http.GetStringAsync("b");
                Ticked += OnTicked;
            }

            private async void OnTicked(object? sender, EventArgs e) => await http.GetStringAsync("c");
        """);

    /// <summary>peers.md 44: event aggregators store the handler.</summary>
    [Fact]
    public Task Subscription_IsSilent() => Verify.Analyzer("""
        public class PubSubEvent<T>
        {
            private readonly List<Action<T>> handlers = [];

            public void Subscribe(Action<T> handler) => handlers.Add(handler);
        }

        public sealed class Sample(HttpClient http)
        {
            public void Run(PubSubEvent<string> saved, IObservable<string> rows)
            {
                saved.Subscribe(async url => await http.GetStringAsync(url));
                Subscribe(rows, async url => await http.GetStringAsync(url));
            }

            private static void Subscribe<T>(IObservable<T> source, Action<T> onNext) => source.Subscribe(new Observer<T>(onNext));

            private sealed class Observer<T>(Action<T> next) : IObserver<T>
            {
                public void OnNext(T value) => next(value);
                public void OnCompleted() { }
                public void OnError(Exception error) { }
            }
        }
        """);

    [Fact]
    public Task Command_IsSilent() => Verify.Analyzer("""
        public sealed class RelayCommand
        {
            private readonly Action execute;
            public RelayCommand(Action execute) => this.execute = execute;
            public void Execute() => execute();
        }

        public sealed class Sample(HttpClient http)
        {
            public RelayCommand Save => new RelayCommand(async () => await http.GetStringAsync("a"));
        }
        """);

    [Fact]
    public Task Dispatch_IsSilent() => Verify.Analyzer("""
        public interface IDispatcher { void Post(Action work); bool CheckAccess(); }

        public sealed class Sample(HttpClient http, IDispatcher ui, SynchronizationContext context)
        {
            public void Run()
            {
                ui.Post(async () => await http.GetStringAsync("a"));
                OnUi(async () => await http.GetStringAsync("b"));
                context.Post(async _ => await http.GetStringAsync("c"), null);
            }

            private void OnUi(Action work)
            {
                if (ui.CheckAccess()) work();
                else ui.Post(work);
            }
        }
        """);

    [Fact]
    public Task OwnMethodThatOthersMayOverride_IsSilent() => Verify.Analyzer("""
        public class Sample(HttpClient http)
        {
            public void Run() => Execute(async () => await http.GetStringAsync("a"));

            protected virtual void Execute(Action work) => work();
        }
        """);

    [Fact]
    public Task OwnMethodThatRunsItElsewhere_IsSilent() => Silent("""
            public void Run() => Later(async () => await http.GetStringAsync("a"));

            private static void Later(Action work) => Task.Run(() => work());
        """);

    [Fact]
    public Task UnknownLibrary_IsSilent() => Verify.Analyzer(
        Body("public void Run(Shop.Batches batches) => batches.Each(async url => await http.GetStringAsync(url));"),
        TestSettings.Default with { Library = "namespace Shop { public class Batches { public void Each(System.Action<string> action) => action(\"\"); } }" });

    [Fact]
    public Task TestCode_IsSilent() => Silent("""
            [Xunit.Fact]
            public void Test() => new List<string>().ForEach(async url => await http.GetStringAsync(url));
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class Rest
        {
        """);

    [Fact]
    public Task TestCodeOnRequest_Reports() => Verify.Analyzer(
        Body("""
            [Xunit.Fact]
            public void Test() => new List<string>().[|ForEach|](async url => await http.GetStringAsync(url));
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class Rest
        {
        """),
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.analyze_tests"] = "true" } });

    // Fixes: Parallel

    [Fact]
    public Task Fix_ForEach_GetsALimit() => Fix(
        """
            public async Task RunAsync(string[] urls)
            {
                Parallel.[|ForEach|](urls, async url => await http.PostAsync(url, null)); // all
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync(string[] urls)
            {
                await Parallel.ForEachAsync(urls, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (url, _) => await http.PostAsync(url, null)); // all
                await http.GetStringAsync("done");
            }
        """);

    [Fact]
    public Task Fix_BodyThatReads_TakesTheLoopsToken() => Fix(
        """
            public async Task RunAsync(string[] urls, CancellationToken stop)
            {
                Parallel.[|ForEach|](urls, async url => await http.GetStringAsync(url, stop));
                await http.GetStringAsync("done", stop);
            }
        """,
        """
            public async Task RunAsync(string[] urls, CancellationToken stop)
            {
                await Parallel.ForEachAsync(urls, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stop }, async (url, token) => await http.GetStringAsync(url, token));
                await http.GetStringAsync("done", stop);
            }
        """,
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.max_concurrency"] = "8" } });

    [Fact]
    public Task Fix_OptionsThatAreThere_Stay() => Fix(
        """
            public async Task RunAsync(string[] urls, ParallelOptions limits)
            {
                Parallel.[|ForEach|](
                    urls,
                    limits, // as configured
                    async (string url) =>
                    {
                        // One by one.
                        _ = await http.PostAsync(url, null).ConfigureAwait(false);
                    });
                await http.GetStringAsync("done").ConfigureAwait(false);
            }
        """,
        """
            public async Task RunAsync(string[] urls, ParallelOptions limits)
            {
                await Parallel.ForEachAsync(
                    urls,
                    limits, // as configured
                    async (string url, CancellationToken _token) =>
                    {
                        // One by one.
                        _ = await http.PostAsync(url, null).ConfigureAwait(false);
                    }).ConfigureAwait(false);
                await http.GetStringAsync("done").ConfigureAwait(false);
            }
        """);

    [Fact]
    public Task Fix_For_BecomesForAsync() => Fix(
        """
            public async Task RunAsync(string[] urls)
            {
                System.Threading.Tasks.Parallel.[|For|](0, urls.Length, async i =>
                {
                    await http.PostAsync(urls[i], null);
                });
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync(string[] urls)
            {
                await System.Threading.Tasks.Parallel.ForAsync(0, urls.Length, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (i, _) =>
                {
                    await http.PostAsync(urls[i], null);
                });
                await http.GetStringAsync("done");
            }
        """);

    [Fact]
    public Task Fix_Invoke_BecomesWhenAll() => Fix(
        """
            public async Task RunAsync()
            {
                Parallel.[|Invoke|](
                    async () => await http.GetStringAsync("a"),
                    async () =>
                    {
                        await http.PostAsync("b", null);
                    },
                    () => Console.WriteLine("c"));
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync()
            {
                await Task.WhenAll(
                    Task.Run(async () => await http.GetStringAsync("a")),
                    Task.Run(async () =>
                    {
                        await http.PostAsync("b", null);
                    }),
                    Task.Run(() => Console.WriteLine("c")));
                await http.GetStringAsync("done");
            }
        """);

    // Fixes: foreach

    [Fact]
    public Task Fix_ListForEach_BecomesForeach() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                // In turn.
                urls.[|ForEach|](async url => await http.PostAsync(url, null)); // each
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                // In turn.
                foreach (var url in urls)
                {
                    await http.PostAsync(url, null);
                } // each
                await http.GetStringAsync("done");
            }
        """);

    [Fact]
    public Task Fix_BlockWithReturns_Continues() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                urls.Where(u => u.Length > 0).ToList().[|ForEach|](async (string url) =>
                {
                    if (url == "") return; // nothing
                    Func<int> count = () => { return 1; };
                    await http.PostAsync(url + count(), null);
                });
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                foreach (string url in urls.Where(u => u.Length > 0).ToList())
                {
                    if (url == "") continue; // nothing
                    Func<int> count = () => { return 1; };
                    await http.PostAsync(url + count(), null);
                }
                await http.GetStringAsync("done");
            }
        """);

    [Fact]
    public Task Fix_ArrayForEachUnderIf_BecomesForeach() => Fix(
        """
            public async Task RunAsync(string[] urls)
            {
                if (urls.Length > 1)
                    Array.[|ForEach|](urls, async url => {
                        await http.PostAsync(url, null);
                    });
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync(string[] urls)
            {
                if (urls.Length > 1)
                    foreach (var url in urls) {
                        await http.PostAsync(url, null);
                    }
                await http.GetStringAsync("done");
            }
        """);

    [Fact]
    public Task Fix_Several_InOneDocument() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                urls.[|ForEach|](async url => await http.PostAsync(url, null));
                urls.[|ForEach|](async url => await http.PutAsync(url, null));
                await http.GetStringAsync("done");
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    await http.PostAsync(url, null);
                }
                foreach (var url in urls)
                {
                    await http.PutAsync(url, null);
                }
                await http.GetStringAsync("done");
            }
        """);

    // Reported, but the repair isn't proved

    [Theory]
    [InlineData("var done = Parallel.[|ForEach|](urls, async url => await http.GetStringAsync(url)); Console.WriteLine(done.IsCompleted);")]
    [InlineData("Parallel.[|ForEach|](urls, async (url, state) => { await http.GetStringAsync(url); state.Stop(); });")]
    [InlineData("Parallel.[|ForEach|](urls, new ParallelOptions(), body: async url => await http.GetStringAsync(url));")]
    [InlineData("lock (urls) Parallel.[|ForEach|](urls, async url => await http.GetStringAsync(url));")]
    [InlineData("urls.AsParallel().[|ForAll|](async url => await http.GetStringAsync(url));")]
    [InlineData("urls.[|ForEach|](async url => { foreach (var c in url) { if (c == 'x') return; } await http.GetStringAsync(url); });")]
    [InlineData("urls.[|ForEach|](async url => { url += \"x\"; await http.GetStringAsync(url); });")]
    [InlineData("urls.[|ForEach|](async url => { await http.GetStringAsync(url); urls.Remove(url); });")]
    [InlineData("urls.[|ForEach|](async url => { var text = await http.GetStringAsync(url); Console.WriteLine(text); }); var text = 1; Console.WriteLine(text);")]
    [InlineData("urls?.[|ForEach|](async url => await http.GetStringAsync(url));")]
    [InlineData("urls.[|ForEach|](async delegate(string url) { await http.GetStringAsync(url); });")]
    [InlineData("Parallel.[|Invoke|](new ParallelOptions(), async () => await http.GetStringAsync(urls[0]));")]
    [InlineData("new [|Thread|](async () => await http.GetStringAsync(urls[0])).Start();")]
    [InlineData("urls.[|ForEach|](Load);")]
    public Task Shape_HasNoFix(string statement) => Verify.NoCodeFix(Body($$"""
            public async Task RunAsync(List<string> urls)
            {
                {{statement}}
                await Task.Yield();
            }

            private async void Load(string url) => await http.GetStringAsync(url);
        """));

    [Fact]
    public Task SynchronousMethod_HasNoFix() => Verify.NoCodeFix(Body("public void Run(List<string> urls) { urls.[|ForEach|](async url => await http.GetStringAsync(url)); }"));

    [Fact]
    public Task BelowNet6_HasNoFix() => Verify.NoCodeFix(
        Body("public async Task RunAsync(string[] urls) { Parallel.[|ForEach|](urls, async url => await http.GetStringAsync(url)); await Task.Yield(); }").Replace("using System.Collections.Immutable;", "", StringComparison.Ordinal),
        TestSettings.Default with { References = References.NetStandard20 });

    private static Task Fix(string before, string after, TestSettings? settings = null) => Verify.CodeFix(Body(before), Body(after), settings);
}
