using System.Reflection;
using System.Runtime.Loader;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask;
using ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits;
using ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop;
using ExecutionModel.Analyzers.Rules.Waiting.UnjoinedTasks;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.Tests.Differential;

/// <summary>A program whose repaired form does something else.</summary>
public sealed record Difference(GeneratedProgram Program, string What, string Before, string After)
{
    public override string ToString() => $"{What}\n--- before\n{Before}\n--- after\n{After}";
}

/// <summary>What became of some programs.</summary>
/// <param name="Changed">So many were repaired.</param>
/// <param name="Earlier">So many end earlier when all goes well.</param>
public sealed record Comparison(IReadOnlyList<Difference> Differences, int Changed, int Earlier)
{
    /// <summary>Script 0: all goes well. In the others some operations fault, are cancelled, or are done at once.</summary>
    private static readonly int[] Scripts = [0, 1, 2, 3, 4];

    private static readonly (RuleAnalyzer Analyzer, RuleCodeFix Fix)[] Rules =
    [
        (new BlockingOnTaskAnalyzer(), new BlockingOnTaskCodeFix()),
        (new SequentialAwaitsAnalyzer(), new SequentialAwaitsCodeFix()),
        (new SequentialLoopAnalyzer(), new SequentialLoopCodeFix()),
        (new UnjoinedTasksAnalyzer(), new UnjoinedTasksCodeFix()),
    ];

    public static async Task<Comparison> Of(IReadOnlyList<GeneratedProgram> programs, Func<string, string>? instead = null)
    {
        var settings = new TestSettings
        {
            // Every loop uses its results: no fix brings Parallel.ForEachAsync, whose bodies would leave the virtual clock's thread.
            References = References.Net100WithoutPackages,
            ImplicitUsings = false,
            Nullable = NullableContextOptions.Disable,
            Options = new Dictionary<string, string> { ["execution_model.exception_order"] = "strict" },
            AdditionalFiles = [new("Io.ExecutionCatalogue.txt", VirtualIo.Catalogue, Verbatim: true)],
            Sources = [.. programs.Select(p => new TestFile(p.TypeName + ".cs", p.ToString(), Verbatim: true))],
        };
        var project = TestProject.Create(VirtualIo.Source, settings).Project;
        var texts = await TestProject.Texts(project);
        var repaired = instead is null ? await Repair(project) : await Replace(project, instead);
        var repairedTexts = await TestProject.Texts(repaired);
        var (before, after) = (await Load(project), await Load(repaired));

        var differences = new List<Difference>();
        var (changed, earlier) = (0, 0);
        foreach (var program in programs)
        {
            var (text, repairedText) = (TextOf(texts, program), TextOf(repairedTexts, program));
            if (text == repairedText) continue;
            changed++;
            foreach (var script in Scripts)
            {
                var first = Run(before, program.TypeName, script, program.Blocks);
                var second = Run(after, program.TypeName, script, StillBlocks(repairedText));
                if (script == 0 && second.End < first.End) earlier++;
                if (Compare(first, second, program.HasLoop) is { } what) differences.Add(new Difference(program, $"Script {script}: {what}\n{first}\n{second}", text, repairedText));
            }
        }

        var unseen = Unobserved(after, programs.Where(p => !StillBlocks(TextOf(repairedTexts, p))));
        unseen.ExceptWith(unseen.Count == 0 ? [] : Unobserved(before, programs.Where(p => unseen.Contains(p.TypeName))));
        foreach (var program in programs.Where(p => unseen.Contains(p.TypeName))) differences.Add(new Difference(program, "A task's fault is seen by nobody", TextOf(texts, program), TextOf(repairedTexts, program)));
        return new Comparison(differences, changed, earlier);
    }

    /// <summary>Applies one rule's fix after the other to all documents, round after round, until none of them changes anything.</summary>
    private static async Task<Project> Repair(Project project)
    {
        var idle = 0;
        for (var step = 0; step < 8 * Rules.Length; step++)
        {
            var (analyzer, fix) = Rules[step % Rules.Length];
            var repaired = await new FixRun(analyzer, fix).All(project, fix.FixableDiagnosticIds[0]);
            idle = (await TestProject.Texts(project)).SequenceEqual(await TestProject.Texts(repaired)) ? idle + 1 : 0;
            if (idle == Rules.Length) return project;
            project = repaired;
        }

        Assert.Fail("The fixes do not come to an end.");
        return project;
    }

    private static async Task<Project> Replace(Project project, Func<string, string> instead)
    {
        foreach (var id in project.DocumentIds)
        {
            var document = project.GetDocument(id)!;
            if (document.Name != TestProject.MainFile) project = document.WithText(Microsoft.CodeAnalysis.Text.SourceText.From(instead((await document.GetTextAsync()).ToString()))).Project;
        }

        return project;
    }

    private static async Task<Assembly> Load(Project project)
    {
        using var image = new MemoryStream();
        var result = (await project.GetCompilationAsync())!.Emit(image);
        if (!result.Success) Assert.Fail("A program does not compile:\n" + string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)) + "\n" + result.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error).Location.SourceTree);
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    private static bool StillBlocks(string text) => text.Contains(".Result", StringComparison.Ordinal) || text.Contains(".GetResult(", StringComparison.Ordinal) || text.Contains(".Wait(", StringComparison.Ordinal);

    private static Outcome Run(Assembly assembly, string type, int script, bool sequential)
    {
        var program = assembly.GetType(type)!.GetMethod("Run")!.CreateDelegate<Func<Task<int>>>();
        var run = assembly.GetType("Io")!.GetMethod("Run")!.CreateDelegate<Func<Func<Task<int>>, int, bool, string>>();
        // A thread of its own: the test framework's has a context.
        var text = "";
        var thread = new Thread(() => text = run(program, script, sequential));
        thread.Start();
        if (!thread.Join(TimeSpan.FromMinutes(1))) return new Outcome("blocks", 0, [], false);
        var parts = text.Split('|');
        return parts.Length == 1 ? new Outcome(text, 0, [], false) : new Outcome(parts[0], long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2].Split(','), bool.Parse(parts[3]));
    }

    private static string? Compare(Outcome before, Outcome after, bool hasLoop)
    {
        if (!before.Failed)
        {
            if (before.Result != after.Result) return "another result";
            if (!before.Effects.Order(StringComparer.Ordinal).SequenceEqual(after.Effects.Order(StringComparer.Ordinal))) return "other effects";
            return after.End > before.End ? "it ends later" : null;
        }

        // Operations behind a failed one have started already: reads only, and the failure waits for them. Each page says so.
        // Calls that a loop gathers are joined by Task.WhenAll: a fault of any beats the cancellation of an earlier one.
        if (after.Result != before.Result && !(hasLoop && !before.Result.StartsWith("returned", StringComparison.Ordinal) && (after.Result.StartsWith("threw", StringComparison.Ordinal) || after.Result == "cancelled"))) return "another exception";
        var more = after.Effects.ToList();
        foreach (var effect in before.Effects)
        {
            if (!more.Remove(effect)) return $"'{effect}' is missing";
        }

        return more.Find(e => e.StartsWith("write", StringComparison.Ordinal)) is { } write ? $"'{write}' happens as well" : null;
    }

    /// <summary>Names of the programs that leave faulted tasks behind which nobody awaits.</summary>
    private static HashSet<string> Unobserved(Assembly assembly, IEnumerable<GeneratedProgram> programs)
    {
        Collect();
        var names = new HashSet<string>();
        EventHandler<UnobservedTaskExceptionEventArgs> seen = (_, e) =>
        {
            lock (names) names.UnionWith(e.Exception.InnerExceptions.OfType<InvalidDataException>().Select(f => f.Message.Split(' ')).Where(m => m is ["fault", "in", ..]).Select(m => m[2]));
        };
        TaskScheduler.UnobservedTaskException += seen;
        foreach (var program in programs)
        {
            foreach (var script in Scripts) Run(assembly, program.TypeName, script, sequential: false);
        }

        Collect();
        TaskScheduler.UnobservedTaskException -= seen;
        return names;
    }

    private static string TextOf(IReadOnlyDictionary<string, string> texts, GeneratedProgram program) => texts[TestProject.Folder + program.TypeName + ".cs"];

    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private sealed record Outcome(string Result, long End, string[] Effects, bool Failed)
    {
        public override string ToString() => $"{Result} at {End}: {string.Join(", ", Effects)}";
    }
}
