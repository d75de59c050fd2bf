using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

public enum Repetition
{
    /// <summary>At start-up, in a constructor, once and then remembered.</summary>
    Once,

    /// <summary>Each time that somebody calls.</summary>
    PerCall,

    PerRequest,

    /// <summary>Per turn of a loop, or per item of a query.</summary>
    PerTurn,
}

/// <summary>How often a piece of code runs in the life of the program.</summary>
public static class Recurrence
{
    private static readonly string[] Once = ["Configure", "Init", "Install", "Setup", "SetUp", "Start", "Stop", "Connect", "Open", "Register", "Build", "Warm", "Prepare", "Dispose"];

    public static Repetition Of(ProgramModel model, FlatBody body, Frame frame, IOperation at, SourceSize sizes)
    {
        var place = at;
        for (Frame? f = frame; f is not null; f = f.Outer)
        {
            if (Occasion.Of(place, f).IsRare) return Repetition.Once;
            if (IsInLoop(place, f, body.Values, sizes)) return model.App.IsSetUp(body.Member) && model.App.Application != Host.Console ? Repetition.Once : Repetition.PerTurn;
            if (f.Function is null) break;
            if (f.Function is IAnonymousFunctionOperation lambda && AppModel.HandedTo(lambda) is { } call)
            {
                if (RunsPerItem(model, call)) return Repetition.PerTurn;
                if (model.Catalogue.Of(call.TargetMethod) is { Host: Host.Web or Host.Handler }) return Repetition.PerRequest;
                if (call.TargetMethod.ContainingNamespace is { Name: "DependencyInjection" }) return Repetition.Once;
            }

            place = f.Function;
        }

        return OfMember(model, body.Member, frame);
    }

    private static Repetition OfMember(ProgramModel model, ISymbol member, Frame frame)
    {
        if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.ExplicitInterfaceImplementation } method) return Repetition.Once;
        if (model.App.IsSetUp(member) || Array.Exists(Once, p => BeginsWithWord(method.Name, p))) return Repetition.Once;
        switch (model.App.HostOf(frame))
        {
            case Host.Web or Host.Handler or Host.Turn:
                return Repetition.PerRequest;
            case Host.Worker when method.Name is "ExecuteAsync":
                return Repetition.Once;
            case Host.Unstated when model.App.Application == Host.Web && (method.IsAsync || model.Types.IsTaskLike(method.ReturnType)):
                return Repetition.PerRequest; // outside of its start-up, what a web application waits for serves requests
            default:
                return model.App.Application == Host.Console && method.Parameters.IsEmpty ? Repetition.Once : Repetition.PerCall;
        }
    }

    /// <summary><c>InitializeAsync</c>, but not <c>Starting</c> nor <c>Opening</c>.</summary>
    private static bool BeginsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (word == "Init" || name.Length == word.Length || char.IsUpper(name[word.Length]));

    private static bool IsInLoop(IOperation at, Frame frame, ValueScope values, SourceSize sizes)
    {
        var child = at;
        for (var o = at.Parent; o is not null && !ReferenceEquals(child, frame.Root); child = o, o = o.Parent)
        {
            if (o is ILoopOperation loop && ReferenceEquals(loop.Body, child) && !IsShort(loop, values, sizes)) return true;
        }

        return false;
    }

    /// <summary>A few turns, or attempts at one thing.</summary>
    private static bool IsShort(ILoopOperation loop, ValueScope values, SourceSize sizes) => loop switch
    {
        IForEachLoopOperation each => sizes.Of(each.Collection, values) is Bound.AtMost,
        IForLoopOperation { Condition: IBinaryOperation condition } => sizes.OfCount(condition.RightOperand, values) is Bound.AtMost,
        IWhileLoopOperation => loop.Body.Descendants().Any(o => o is ICatchClauseOperation),
        _ => false,
    };

    private static bool RunsPerItem(ProgramModel model, IInvocationOperation call) =>
        model.Catalogue.Of(call.TargetMethod) is { Invokes: >= 0 } facts && (facts.Deferred || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Parallel) && call.TargetMethod.Name != "Invoke");
}
