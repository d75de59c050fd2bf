using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers;

/// <summary>What the rules about blocking calls share: where they look, how they name a call, what they tell their fix.</summary>
internal static class AsyncFrames
{
    /// <summary>The async functions of a member. What runs once, at start or to fill a store, and tests unless asked for, are left out: nobody else needs their thread.</summary>
    /// <param name="mayHold">A cheap no for a piece of text, before its operations are walked.</param>
    public static IEnumerable<Frame> Of(MemberContext context, ProgramModel model, Func<SyntaxNode, bool> mayHold)
    {
        if (context.Member is not IMethodSymbol { IsAsync: true } && !context.Has(Signal.Async)) yield break;
        if (!context.Any(mayHold)) yield break;
        foreach (var frame in context.Body.Frames)
        {
            if (!frame.IsAsync || frame.Calls.Count == 0) continue;
            if (model.App.HostOf(frame) is not (Host.Unstated or Host.Console or Host.Worker) || !model.App.IsSetUp(context.Member)) yield return frame;
        }
    }

    public static string Spell(IMethodSymbol method) =>
        method is { IsStatic: true, IsExtensionMethod: false } ? $"{method.ContainingType.Name}.{method.Name}" : method.Name;

    /// <summary>What the fix needs to know and must not find out again.</summary>
    public static ImmutableDictionary<string, string?> Repair(ProgramModel model, IInvocationOperation call, AsyncCounterpart form)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add("name", form.Name);
        if (form.Token is { } token) properties = properties.Add("token", token);
        return AsyncDisposal.Waits(model, call) ? properties.Add("dispose", "async") : properties;
    }
}
