using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Waiting.QueryPerItem;

/// <summary>
/// EXM109: a look-up or a commit per item of a loop, on one unit of work. The Engine finds it and what speaks for a purpose; this rule leaves small sources,
/// limited loops and set-up code alone and names the form that the library has for all items at once.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("one query or one commit for all items needs the data in another shape, and only the author knows which")]
[NoSample("the samples have no database")]
public sealed class QueryPerItemAnalyzer() : RuleAnalyzer(QueryPerItem)
{
    public const string Id = "EXM109";

    private static readonly DiagnosticDescriptor QueryPerItem = new(
        Id,
        "A loop goes to the database once per item",
        "'{0}' goes to the database once per {1}, one after the other; {2}",
        "Waiting",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Each item costs a round trip, and the unit of work takes one operation at a time: concurrency is no way out, one request for all items is.",
        Rule.Pages + "Waiting/QueryPerItem/EXM109.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var (sizes, throttle) = (new SourceSize(model), new Throttle(model));
        MemberContext.Register(context, model, block =>
        {
            if (!block.Has(Signal.Await) || !block.Writes(CallWords.Loops) || !block.Any(b => WrittenAwaits.MayRepeat(model, b))) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                if (frame.Awaits.Count == 0 || frame.Loops.Count == 0) continue;
                foreach (var shape in LoopShape.Of(frame)) Examine(block, model, body, shape, sizes, throttle);
            }
        });
    }

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, LoopShape shape, SourceSize sizes, Throttle throttle)
    {
        var tree = shape.Loop.Syntax.SyntaxTree;
        if (model.App.HostOf(shape.Frame) is Host.Orchestrator || model.App.IsSetUp(context.Member)) return;
        if (RuleOptions.MinimumConfidence.Read(context.Options, tree) > Confidence.Likely) return;
        var location = (shape.Sites.IsEmpty ? shape.Loop.Syntax : shape.Last.Await.Syntax).GetLocation();
        if (model.Requests.Of(shape, obstacle => Drop(context, location, obstacle)) is not { } request) return;
        if ((sizes.Of(shape, body.Values) is Bound.AtMost few ? few.ToString() : throttle.In(shape.Loop)) is { } reason)
        {
            Drop(context, location, reason);
            return;
        }

        var item = shape.Items.FirstOrDefault()?.Name;
        Report(context, Confidence.Likely, request.Site.Await.Syntax.GetLocation(), [shape.Loop.Syntax.GetLocation()], null, request.Site.Call.TargetMethod.Name, item is null ? "turn" : $"'{item}'", Advice(request));
    }

    private static string Advice(RepeatedRequest request) => request.Batch switch
    {
        Batch.Contains => "one query before the loop finds all of them: 'Where(x => keys.Contains(x.Key))', then 'ToDictionaryAsync'",
        Batch.Include => "'Include' in the query before the loop brings them along",
        Batch.List => "one query before the loop finds all of them: 'WHERE key IN @keys'",
        Batch.Commands => "one command with a list as its parameter, or one 'DbBatch', makes it a single round trip",
        Batch.Once => $"one '{request.Site.Call.TargetMethod.Name}' after the loop sends all changes together",
        _ => $"a method of '{(request.Site.Call.Instance?.Type ?? request.Site.Call.TargetMethod.ContainingType).Name}' that takes all keys needs one round trip",
    };
}
