using System.Reflection;
using ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>
/// Runs the code before and after the fix, with each operation ending well, faulting or being cancelled, early or late. The result or fault of the method
/// must be the same, nothing may fault unobserved, and the operations must really overlap.
/// </summary>
public sealed class SequentialAwaitsBehaviourTests
{
    private const string Api = """
        public static class Api
        {
            public static string[] Script = [];
            public static bool Together;
            private static int started;
            private static readonly TaskCompletionSource AllStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);

            // "ok:5", "fault:1", "cancel:9": how the n-th operation ends, and after how many milliseconds.
            public static async Task<string> Get(int n)
            {
                if (Interlocked.Increment(ref started) == Script.Length) AllStarted.SetResult();
                if (Together) await AllStarted.Task.WaitAsync(TimeSpan.FromMinutes(1));
                var step = Script[n].Split(':');
                await Task.Delay(int.Parse(step[1]));
                if (step[0] == "fault") throw new InvalidOperationException("fault " + n);
                if (step[0] == "cancel") throw new OperationCanceledException("cancelled " + n);
                return n + ";";
            }

            // Not started early: what it does with the result that it is given shows.
            public static async Task<string> Follow(string result, bool fails)
            {
                await Task.Delay(1);
                return fails ? throw new InvalidOperationException("follow") : result + "followed;";
            }

            public static async ValueTask<int> GetNumber(int n) => (await Get(n)).Length;
        }
        """;

    private const string Strict = """
        public static class Program
        {
            public static async Task<string> Run()
            {
                try
                {
                    var a = await Api.Get(0);
                    string b;
                    b = await Api.Get(1);
                    return a + b + await Api.Get(2);
                }
                catch (InvalidOperationException fault)
                {
                    return fault.Message;
                }
                catch (OperationCanceledException fault)
                {
                    return fault.Message;
                }
            }
        }
        """;

    private const string StrictOfTwoTypes = """
        public static class Program
        {
            public static async Task<string> Run()
            {
                try
                {
                    return new { A = await Api.Get(0).ConfigureAwait(false), B = await Api.GetNumber(1), C = $"{await Api.Get(2)}" }.ToString()!;
                }
                catch (Exception fault) when (fault is InvalidOperationException or OperationCanceledException)
                {
                    return fault.Message;
                }
            }
        }
        """;

    private const string StrictWithReadBetween = """
        public static class Program
        {
            public static async Task<string> Run()
            {
                try
                {
                    var a = await Api.Get(0);
                    var next = await Api.Follow(a, fails: false);
                    var b = await Api.Get(1);
                    return next + b + await Api.Get(2);
                }
                catch (InvalidOperationException fault)
                {
                    return fault.Message;
                }
                catch (OperationCanceledException fault)
                {
                    return fault.Message;
                }
            }
        }
        """;

    private const string StrictWithFaultBetween = """
        public static class Program
        {
            public static async Task<string> Run()
            {
                try
                {
                    var a = await Api.Get(0);
                    var next = await Api.Follow(a, fails: true);
                    var b = await Api.Get(1);
                    return next + b + await Api.Get(2);
                }
                catch (InvalidOperationException fault)
                {
                    return fault.Message;
                }
                catch (OperationCanceledException fault)
                {
                    return fault.Message;
                }
            }
        }
        """;

    private const string Relaxed = """
        public static class Program
        {
            public static async Task<string> Run() => await Api.Get(0) + await Api.Get(1) + await Api.Get(2);
        }
        """;

    public static TheoryData<string, string> Runs()
    {
        var data = new TheoryData<string, string>();
        foreach (var program in (string[])[nameof(Strict), nameof(StrictOfTwoTypes), nameof(StrictWithReadBetween), nameof(StrictWithFaultBetween)])
        {
            foreach (var script in (string[])["ok:9 ok:1 ok:5", "fault:20 fault:1 ok:1", "ok:1 fault:1 cancel:9", "cancel:20 fault:1 fault:9", "ok:20 cancel:9 fault:1", "fault:1 ok:20 ok:1"]) data.Add(program, script);
        }

        data.Add(nameof(Relaxed), "ok:9 ok:1 ok:5");
        data.Add(nameof(Relaxed), "ok:9 fault:1 ok:5");
        data.Add(nameof(Relaxed), "cancel:9 ok:1 ok:5");
        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Fix_KeepsResultsAndFaults(string program, string script)
    {
        var source = program switch
        {
            nameof(Strict) => Strict,
            nameof(StrictOfTwoTypes) => StrictOfTwoTypes,
            nameof(StrictWithReadBetween) => StrictWithReadBetween,
            nameof(StrictWithFaultBetween) => StrictWithFaultBetween,
            _ => Relaxed,
        };
        var project = TestProject.Create(source, new TestSettings { Sources = [new("Api.cs", Api)] }).Project;
        var repaired = await new FixRun(new NaiveSequentialAwaits(), new SequentialAwaitsCodeFix()).StepByStep(project, await Analysis.Run(project, new NaiveSequentialAwaits()));

        // In the repaired program no operation goes on before all have started.
        Assert.Equal(await Run(project, script, together: false), await Run(repaired, script, together: true));
    }

    [Fact]
    public async Task TasksThatNobodyJoins_AreNoticed()
    {
        const string unjoined = """
            public static class Program
            {
                public static async Task<string> Run()
                {
                    var a = Api.Get(0);
                    var b = Api.Get(1);
                    return await a + await b;
                }
            }
            """;
        var project = TestProject.Create(unjoined, new TestSettings { Sources = [new("Api.cs", Api)] }).Project;
        await Assert.ThrowsAsync<Xunit.Sdk.EqualException>(() => Run(project, "fault:100 fault:1", together: true));
    }

    private static async Task<string> Run(Project project, string script, bool together)
    {
        using var image = new MemoryStream();
        Assert.True((await project.GetCompilationAsync())!.Emit(image).Success);
        var assembly = Assembly.Load(image.ToArray());
        var api = assembly.GetType("Api")!;
        api.GetField("Script")!.SetValue(null, script.Split(' '));
        api.GetField("Together")!.SetValue(null, together);

        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, e) => unobserved += e.Exception.InnerExceptions.Count(x => x.Message.StartsWith("fault ", StringComparison.Ordinal));
        TaskScheduler.UnobservedTaskException += count;
        string outcome;
        try
        {
            outcome = await (Task<string>)assembly.GetType("Program")!.GetMethod("Run")!.Invoke(null, null)!;
        }
        catch (Exception fault)
        {
            outcome = fault.GetType().Name + ": " + fault.Message;
        }

        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= count;
        Assert.Equal(0, unobserved);
        return outcome;
    }
}
