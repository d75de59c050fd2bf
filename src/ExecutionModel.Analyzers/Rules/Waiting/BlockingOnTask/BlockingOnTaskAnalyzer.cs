using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask;

/// <summary>
/// EXM103: code that holds its thread until a task is done, where it could await. The Engine says whether an await may stand there, whether the task may
/// still run, and what the awaited form is; this rule decides what is worth a report.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingOnTaskAnalyzer() : RuleAnalyzer(BlockingOnTask)
{
    public const string Id = "EXM103";

    private static readonly DiagnosticDescriptor BlockingOnTask = new(
        Id,
        "A thread is held until a task is done",
        "{0} holds its thread until the task is done: {1}",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A thread that waits for a task does nothing else meanwhile. Under load the pool runs out of threads, and where the task needs the waiting thread to go on, neither ends.",
        Rule.Pages + "Waiting/BlockingOnTask/EXM103.md");

    private static readonly ImmutableDictionary<string, string?> Unchained = ImmutableDictionary<string, string?>.Empty.Add("fix", "none: awaited together, the tasks run at the same time");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        MemberContext.Register(context, model, block =>
        {
            if (!(block.Has(Signal.Result) || block.Has(Signal.GetResult) || block.Has(Signal.Wait)) || block.Member is IMethodSymbol member && Excludes(model, member, block.Syntax)) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                foreach (var wait in TaskWait.In(frame, model)) Examine(block, model, body, frame, wait);
            }
        });
    }

    /// <summary>A cheap no: the member is synchronous, holds nothing asynchronous, and others in the program call it.</summary>
    private static bool Excludes(ProgramModel model, IMethodSymbol member, SyntaxNode body) =>
        AsyncPath.Excludes(model, member, body) && member is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private };

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, Frame frame, TaskWait wait)
    {
        var location = wait.Operation.Syntax.GetLocation();
        var place = AwaitPlace.Of(model, frame, wait.Operation);
        if (place.Obstacle is { } obstacle)
        {
            if (ChainedTasks.Of(frame, wait) is { } chain && frame.Outer is { } around) ExamineChain(context, model, body, around, wait, chain);
            else Drop(context, location, obstacle);
            return;
        }

        if (wait.Task is { } task && new CompletedTasks(model, body.Values).ReasonFor(task, wait.Operation) is { } done)
        {
            Drop(context, location, done);
            return;
        }

        if (place.Code == AsyncCode.CouldBecome && IsMeant(model, frame, wait, place) is { } meant)
        {
            Drop(context, location, meant);
            return;
        }

        if (Peers.Report(context, frame, wait.Member, null))
        {
            Drop(context, location, "another analyzer reports it");
            return;
        }

        var confidence = place.Code == AsyncCode.Yes ? Confidence.Certain : Confidence.Likely;
        if (confidence >= RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) Report(context, model, frame, wait, place, confidence);
    }

    /// <summary>The function around the chain could await the tasks; whether one by one or together, only the author knows.</summary>
    private void ExamineChain(MemberContext context, ProgramModel model, FlatBody body, Frame around, TaskWait wait, ChainedTasks chain)
    {
        var location = wait.Operation.Syntax.GetLocation();
        var obstacle = AwaitPlace.Of(model, around, chain.End).Obstacle ?? (chain.Started is { } call ? new CompletedTasks(model, body.Values).ReasonFor(call, chain.End) : null);
        if (obstacle is not null) Drop(context, location, obstacle);
        else if (RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!) <= Confidence.Likely) Report(context, Confidence.Likely, location, [], Unchained, $"'{wait.Name}'", "await the tasks in a loop, or together with 'Task.WhenAll'");
    }

    /// <summary>Synchronous code that hands the work to the pool and waits there has chosen to; whose task it was given, may know that it is done.</summary>
    private static string? IsMeant(ProgramModel model, Frame frame, TaskWait wait, AwaitPlace place) => wait.Source switch
    {
        IInvocationOperation { TargetMethod: { Name: "Run" or "StartNew", ContainingType.Name: "Task" or "TaskFactory" } } => "hands the work to the pool and waits for it there",
        IInvocationOperation { TargetMethod: var asked } when (place.Conversion ?? AsyncConversion.Of(model, frame.Method!)).Callers.Contains(asked, SymbolEqualityComparer.Default) => "the awaited method calls this one: it would call itself",
        IParameterReferenceOperation => "the caller may know that the task is done",
        _ => null,
    };

    private void Report(MemberContext context, ProgramModel model, Frame frame, TaskWait wait, AwaitPlace place, Confidence confidence)
    {
        var form = AwaitedForm.Of(wait, frame, place);
        var partners = ImmutableArray<SyntaxNode>.Empty;
        var remedy = form.Kind switch
        {
            AwaitedKind.WhenAll => "await Task.WhenAll",
            AwaitedKind.WhenAny => "await Task.WhenAny",
            AwaitedKind.WaitAsync => "await WaitAsync",
            _ => "await it",
        };
        var fix = form.Obstacle is { } obstacle ? "none: " + obstacle : "await";
        if (form.Obstacle is not null) remedy += ", but " + form.Obstacle;
        if (place.Code == AsyncCode.CouldBecome)
        {
            var function = frame.Function is IAnonymousFunctionOperation ? "the lambda" : $"'{frame.Method!.Name}'";
            (fix, partners, var why) = Conversion(model, frame, place, fix);
            remedy = $"{function} {why}, it could be async and await";
        }

        var properties = ImmutableDictionary<string, string?>.Empty.Add("fix", fix).Add("form", form.Kind.ToString());
        var name = wait.Source is IInvocationOperation call ? $"'{wait.Name}' of '{call.TargetMethod.Name}'" : $"'{wait.Name}'";
        Report(context, confidence, wait.Operation.Syntax.GetLocation(), partners.Select(p => p.GetLocation()), properties, name, remedy);
    }

    /// <summary>Partners: the methods that become async, then the calls to be awaited.</summary>
    private static (string Fix, ImmutableArray<SyntaxNode> Partners, string Why) Conversion(ProgramModel model, Frame frame, AwaitPlace place, string fix)
    {
        if (model.Types.IsTaskLike(frame.Method!.ReturnType)) return ("none: the function isn't async", [], "returns a task");
        if (place.Conversion is not { } conversion) return ("none: the function isn't async", [], "is called by the framework only");
        const string why = "is private and all its callers can await";
        if (fix != "await") return (fix, [], why);
        ImmutableArray<SyntaxNode> partners = [.. conversion.Methods.Select(m => m.DeclaringSyntaxReferences[0].GetSyntax()), .. conversion.Calls.Select(c => c.Syntax)];
        return partners.All(p => p.SyntaxTree == partners[0].SyntaxTree) ? ("make-async", partners, why) : ("none: its callers stand in other files", [], why);
    }
}
