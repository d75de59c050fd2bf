using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Rules.Waiting.AsyncVoidBody;

/// <summary>
/// EXM107: an async function handed to a call that takes a delegate without a task. The Engine says which calls drop the task; this rule decides whether that
/// is worth a report and whether the awaiting form can stand there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidBodyAnalyzer() : RuleAnalyzer(AsyncVoidBody)
{
    public const string Id = "EXM107";

    private static readonly DiagnosticDescriptor AsyncVoidBody = new(
        Id,
        "Nobody awaits the async body",
        "Nobody awaits the async {0} handed to '{1}': {2}",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The call takes a delegate without a task, so the compiler makes the async function 'async void'. The call is done with it at its first await; a fault after that ends the process.",
        Rule.Pages + "Waiting/AsyncVoidBody/EXM107.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        MemberContext.Register(context, model, block =>
        {
            if (!block.Any(b => MayDrop(model, b))) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                foreach (var dropped in DroppedWork.In(model, body, frame)) Examine(block, model, frame, dropped);
            }
        });
    }

    /// <summary>An async lambda stands in the body, or a name that drops tasks, and an <c>async void</c> method in the same file.</summary>
    private static bool MayDrop(ProgramModel model, SyntaxNode body)
    {
        var tree = body.SyntaxTree;
        return model.Signals.Has(tree, body.Span, Signal.Async)
            || model.Words.HasAny(tree, body.Span, model.Catalogue.Dropping) && model.Signals.Has(tree, new TextSpan(0, tree.Length), Signal.Async);
    }

    private void Examine(MemberContext context, ProgramModel model, Frame frame, DroppedWork dropped)
    {
        var location = ApiName.Of(dropped.Api.Syntax).GetLocation();
        if (dropped.Use.Drops == Drops.Unstated)
        {
            Drop(context, location, $"what '{dropped.Method.Name}' does with its delegate is not known");
            return;
        }

        var isJoined = dropped.Use.Drops == Drops.Joined;
        if (!isJoined && dropped.IsGuarded)
        {
            Drop(context, location, "nobody waits for it, and it catches its faults");
            return;
        }

        if (dropped is { IsGuarded: true, TellsItsEnd: true })
        {
            Drop(context, location, "it catches its faults and says when it is done");
            return;
        }

        var confidence = isJoined ? Confidence.Certain : Confidence.Likely;
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var form = dropped.FormIn(model.Types);
        var partners = dropped.Functions.Select(f => f.Syntax).Prepend(dropped.Api.Syntax).Select(s => s.GetLocation());
        Report(context, confidence, location, partners, Properties(context, model, frame, dropped, form), Function(dropped), ApiName.Spell(dropped.Method), Consequence(dropped, isJoined, form));
    }

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(MemberContext context, ProgramModel model, Frame frame, DroppedWork dropped, AwaitingForm form)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["form"] = form.ToString();
        properties["limit"] = RuleOptions.MaxConcurrency.Read(context.Options, dropped.Api.Syntax.SyntaxTree).ToString(CultureInfo.InvariantCulture);
        if (TokenInScope.Of(frame, model) is { } token) properties["token"] = token;
        if (form is AwaitingForm.ForEachAsync or AwaitingForm.ForAsync && StartedWork.Of(model, dropped.Functions).ReadsOnly) properties["tokens"] = "own";
        if (Obstacle(model, frame, dropped, form) is { } obstacle) properties["fix"] = "none: " + obstacle;
        return properties.ToImmutable();
    }

    private static string? Obstacle(ProgramModel model, Frame frame, DroppedWork dropped, AwaitingForm form)
    {
        if (form == AwaitingForm.None) return "no awaiting form of the call is known";
        if (dropped.Api.Parent is not IExpressionStatementOperation) return "the call's own result is used";
        var place = AwaitPlace.Of(model, frame, dropped.Api);
        return place.CanAwait ? null : place.Obstacle ?? "the method is not async";
    }

    private static string Function(DroppedWork dropped) => dropped.Functions[0] is IMethodReferenceOperation { Method.Name: var name } ? $"method '{name}'" : "lambda";

    private static string Consequence(DroppedWork dropped, bool isJoined, AwaitingForm form)
    {
        if (!isJoined) return "a fault in it ends the process";
        var remedy = form switch
        {
            AwaitingForm.ForEachAsync => "; 'Parallel.ForEachAsync' awaits it",
            AwaitingForm.ForAsync => "; 'Parallel.ForAsync' awaits it",
            AwaitingForm.WhenAll => "; 'Task.WhenAll' of 'Task.Run' awaits it",
            AwaitingForm.ForEach => "; a 'foreach' awaits it",
            _ => "",
        };
        return (dropped.IsGuarded ? "the call is done with it at its first await, what follows runs unseen" : "the call is done with it at its first await, and a fault after that ends the process") + remedy;
    }
}
