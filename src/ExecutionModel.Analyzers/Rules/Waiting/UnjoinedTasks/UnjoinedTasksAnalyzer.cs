using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Waiting.UnjoinedTasks;

/// <summary>
/// EXM108: tasks that run at once and are awaited one by one. The Engine finds them and what they leave behind; this rule decides how much that matters: more
/// where a task goes on with a disposed resource, or where the method may leave without awaiting it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnjoinedTasksAnalyzer() : RuleAnalyzer(UnjoinedTasks)
{
    public const string Id = "EXM108";

    private static readonly DiagnosticDescriptor UnjoinedTasks = new(
        Id,
        "Started tasks are awaited one by one",
        "If {0} fails, nobody waits for {1} any more and faults there go unseen{2}: join them with 'Task.WhenAll' before the first await",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The first await that throws leaves the method, while the other operations still run: they outlive their scope, and their faults go to nobody.",
        Rule.Pages + "Waiting/UnjoinedTasks/EXM108.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        MemberContext.Register(context, model, block =>
        {
            if (!block.Has(Signal.AwaitedName)) return;
            var body = block.Body;
            if (!body.Frames.Any(f => f.Awaits.Any(a => StartedTasks.AwaitedLocal(a) is not null))) return;
            var scope = body.Values;
            foreach (var frame in body.Frames)
            {
                if (frame.Awaits.Count == 0 || model.App.HostOf(frame) is Host.Orchestrator) continue;
                foreach (var tasks in StartedTasks.In(model, frame, scope)) Examine(block, model, frame, tasks, scope);
                foreach (var loop in frame.Loops)
                {
                    if (TaskLoop.Of(model, frame, loop, scope) is { } inTurn) Examine(block, model, frame, inTurn);
                }
            }
        });
    }

    private void Examine(MemberContext context, ProgramModel model, Frame frame, StartedTasks tasks, ValueScope scope)
    {
        var location = tasks.Tasks[0].Await.Syntax.GetLocation();
        if (tasks.EndWithProcess(model.Types))
        {
            Drop(context, location, "they read the output of one process, and end with it");
            return;
        }

        var works = tasks.Tasks.Select(t => StartedWork.Of(model, [t.Start])).ToList();
        if (works.FindIndex(w => w.Io == Confidence.Unknown) is var idle and >= 0)
        {
            Drop(context, location, $"'{tasks.Tasks[idle].Local.Name}': {works[idle].Evidence}");
            return;
        }

        if (!tasks.Tasks.Take(tasks.Tasks.Count - 1).Any(t => FaultEscape.From(model, t.Start)))
        {
            Drop(context, location, "what is awaited first catches its faults");
            return;
        }

        var left = tasks.Tasks.Skip(1).ToList();
        var disposed = left.Select(t => t.Resource(scope, model.Types)).FirstOrDefault(r => r is not null);
        var grave = disposed is not null || tasks.MayLeave;
        var confidence = grave && works.Skip(1).Any(w => w.Io == Confidence.Certain) ? Confidence.Certain : Confidence.Likely;
        var consequence = disposed is not null ? $", while '{disposed.Name}' is disposed of" : tasks.MayLeave ? ", and the method may leave before that await" : "";
        var obstacle = JoinPlace.Obstacle(model, tasks);
        Report(context, frame, confidence, tasks.Tasks[0].Await, left.Select(t => t.Await), Properties(context, frame, tasks.Tasks[0].Await, "locals", obstacle), $"'{tasks.Tasks[0].Local.Name}'", Names(left), consequence);
    }

    private void Examine(MemberContext context, ProgramModel model, Frame frame, TaskLoop loop)
    {
        var work = StartedWork.Of(model, loop.Started);
        if (work.Io == Confidence.Unknown)
        {
            Drop(context, loop.Await.Syntax.GetLocation(), work.Evidence);
            return;
        }

        var obstacle = JoinPlace.Obstacle(model, loop.Loop.Body);
        Report(context, frame, Confidence.Likely, loop.Await, [loop.Loop], Properties(context, frame, loop.Await, "loop", obstacle), "one of them", "the rest", "");
    }

    private void Report(MemberContext context, Frame frame, Confidence confidence, IOperation first, IEnumerable<IOperation> partners, ImmutableDictionary<string, string?> properties, params object[] arguments)
    {
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, frame.Root.Syntax.SyntaxTree)) return;
        Report(context, confidence, first.Syntax.GetLocation(), partners.Select(p => p.Syntax.GetLocation()), properties, arguments);
    }

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(MemberContext context, Frame frame, IOperation first, string form, string? obstacle)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["form"] = form;
        properties["join"] = JoinOrder.At(context, frame, first);
        if (obstacle is not null) properties["fix"] = "none: " + obstacle;
        return properties.ToImmutable();
    }

    private static string Names(IReadOnlyList<StartedTask> tasks) => string.Join(", ", tasks.Select(t => $"'{t.Local.Name}'"));
}
