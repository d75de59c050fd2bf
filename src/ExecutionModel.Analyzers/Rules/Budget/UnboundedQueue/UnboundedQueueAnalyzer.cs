using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedQueue;

/// <summary>
/// EXM304: a queue without a limit between a producer that nothing ends and a consumer that waits. The Engine finds both sides; this rule says so, and whether
/// a limit would only make the producer wait.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedQueueAnalyzer() : RuleAnalyzer(UnboundedQueue)
{
    public const string Id = "EXM304";

    private static readonly DiagnosticDescriptor UnboundedQueue = new(
        Id,
        "Nothing limits what waits in a queue",
        "Nothing limits how much waits in '{0}' while '{1}' adds faster than {2} works it off; {3}",
        "Budget",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "When the consumer is slower than the producer for a while, the queue grows until the memory is gone; with a limit, the producer waits.",
        Rule.Pages + "Budget/UnboundedQueue/EXM304.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var queues = new QueueTraffics(model);
        MemberContext.Register(context, model, block =>
        {
            if (!block.Any(b => queues.MayBeIn(b))) return;
            if (RuleOptions.MinimumConfidence.Read(block.Options, block.Tree) > Confidence.Likely) return;
            var body = block.Body;
            foreach (var queue in queues.In(body, (at, obstacle) => Drop(block, at.Syntax.GetLocation(), obstacle))) Examine(block, model, queue);
        });
    }

    private void Examine(MemberContext context, ProgramModel model, QueueTraffic queue)
    {
        var location = ApiName.Of(queue.Making.Syntax).GetLocation();
        var form = queue.Making is IInvocationOperation ? "channel" : queue.Consumer is null ? "block" : "collection";
        var properties = ImmutableDictionary<string, string?>.Empty.Add("form", form);
        if (QueueLimit.ObstacleOf(model, queue) is { } obstacle) properties = properties.Add("fix", "none: " + obstacle);
        Report(context, Confidence.Likely, location, [queue.Making.Syntax.GetLocation()], properties, queue.Holder.Name, NameOf(queue.Producer), Consumer(queue), Advice(form, queue));
    }

    private static string Consumer(QueueTraffic queue) => queue.Consumer switch
    {
        null => "its delegate",
        var consumer when NameOf(consumer) == NameOf(queue.Producer) => "its consumer",
        var consumer => $"'{NameOf(consumer)}'",
    };

    private static string NameOf(QueueCall call) => call.Body.Member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor ? constructor.ContainingType.Name : call.Body.Member.Name;

    private static string Advice(string form, QueueTraffic queue) => form switch
    {
        "channel" when queue.Adds.Any(a => a.Call.TargetMethod.Name == "TryWrite") => "a bounded channel and 'await WriteAsync' make the writer wait",
        "channel" => "a bounded channel makes the writer wait",
        "block" => "'BoundedCapacity' and 'await SendAsync' make the sender wait",
        _ => "a capacity makes 'Add' wait",
    };
}
