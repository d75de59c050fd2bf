using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>Where the work of a frame runs.</summary>
public enum Lane
{
    /// <summary>On the thread that called: a request's, the UI's, a caller's.</summary>
    Caller,

    /// <summary>Handed to the shared pool by <c>await Task.Run(…)</c>.</summary>
    Pool,
}

/// <summary>
/// A frame that somebody waits for without holding a thread: an async function, a task-returning method, or the entry point of a request or UI event.
/// Computing there holds the thread that was meant to be free.
/// </summary>
/// <param name="Host">Who runs it.</param>
/// <param name="CanAwait">An await may be written into it.</param>
/// <param name="Lane">Where its work runs.</param>
/// <param name="PoolCall">The <c>Task.Run</c> of <see cref="Lane.Pool"/>.</param>
public sealed record AsyncPath(Host Host, bool CanAwait, Lane Lane, IInvocationOperation? PoolCall)
{
    /// <summary>Null: nobody waits for the frame asynchronously, or its work is off the caller's thread already.</summary>
    public static AsyncPath? Of(ProgramModel model, FlatBody body, Frame frame)
    {
        var host = HostOf(model, body.Member, frame);
        for (var f = frame; f is not null; f = f.Outer)
        {
            if (f.Function is not IAnonymousFunctionOperation lambda || AppModel.HandedTo(lambda) is not { } call || !Offloads(model, call)) continue;
            return IsAwaitedTaskRun(model, call) && ReferenceEquals(f, frame) && !frame.IsAsync ? new AsyncPath(host, false, Lane.Pool, call) : null;
        }

        if (frame.IsAsync) return new AsyncPath(host, true, Lane.Caller, null);
        if (frame.Method is { } method && model.Types.IsTaskLike(method.ReturnType)) return new AsyncPath(host, false, Lane.Caller, null);
        return IsEntry(model, frame) ? new AsyncPath(host, false, Lane.Caller, null) : null;
    }

    /// <summary>A cheaper no: only the host of a member that a framework can call could make it an async path.</summary>
    public static bool MayBe(ProgramModel model, IMethodSymbol member, SyntaxNode body) =>
        member.IsAsync
        || model.Types.IsTaskLike(member.ReturnType)
        || model.App.KnowsHosts && (IsReachable(model, member) || model.Routes.Holds(member))
        || model.Signals.Has(body.SyntaxTree, body.Span, Signal.Async)
        || model.Signals.Has(body.SyntaxTree, body.Span, Signal.Map);

    /// <summary>A cheap no, before the body is walked: none of the member's frames can be an async path.</summary>
    public static bool Excludes(ProgramModel model, IMethodSymbol member, SyntaxNode body) =>
        !member.IsAsync
        && !model.Types.IsTaskLike(member.ReturnType)
        && !model.Signals.Has(body.SyntaxTree, body.Span, Signal.Async)
        && !IsEntry(model, member)
        && !(model.Types.Find("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") is not null && model.Signals.Has(body.SyntaxTree, body.Span, Signal.Map));

    /// <summary>Outside of its start-up and seeds, all of a web application's asynchronous code serves requests, and shares the pool with those that do.</summary>
    public static Host HostOf(ProgramModel model, ISymbol member, Frame frame)
    {
        var host = model.App.HostOf(frame);
        if (host is Host.Test or Host.Benchmark or Host.Migration) return Host.Unstated;
        if (host != Host.Unstated || model.App.Application == Host.Ui) return host;
        return model.App.Application == Host.Web && model.App.IsSetUp(member) ? Host.Console : model.App.Application;
    }

    /// <summary>Runs the delegate that it is handed on another lane.</summary>
    internal static bool Offloads(ProgramModel model, IInvocationOperation call) =>
        call.TargetMethod.ContainingType.Name is "CpuLane" or "ICpuLane" || model.Catalogue.Of(call.TargetMethod) is { Offloads: true };

    private static bool IsAwaitedTaskRun(ProgramModel model, IInvocationOperation call)
    {
        if (call.TargetMethod is not { Name: "Run" } method || !SymbolEqualityComparer.Default.Equals(method.ContainingType, model.Types.Task)) return false;
        return IsAwaited(call);
    }

    internal static bool IsAwaited(IInvocationOperation call) =>
        call.Parent is IAwaitOperation || call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation };

    /// <summary>A synchronous action, minimal-API lambda, hub method or event handler: its caller is the framework.</summary>
    internal static bool IsEntry(ProgramModel model, Frame frame)
    {
        if (frame.Function is IAnonymousFunctionOperation lambda)
            return AppModel.HandedTo(lambda) is { } call && model.Catalogue.Of(call.TargetMethod) is { Host: Host.Web or Host.Handler };
        if (frame.Function is ILocalFunctionOperation local) return model.Routes.Holds(local.Symbol);
        return frame is { Outer: null, Method: { } method } && IsEntry(model, method);
    }

    private static bool IsEntry(ProgramModel model, IMethodSymbol method)
    {
        if (model.Routes.Holds(method)) return true;
        if (!IsReachable(model, method)) return false;
        return model.App.HostOf(method) switch
        {
            Host.Web or Host.Handler => method is { DeclaredAccessibility: Accessibility.Public, IsOverride: false },
            Host.Ui => model.App.IsEventHandler(method) || method.Name == "Execute" && method.ContainingType.AllInterfaces.Any(i => i.Name == "ICommand"),
            _ => false,
        };
    }

    /// <summary>A framework can call it.</summary>
    private static bool IsReachable(ProgramModel model, IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, IsStatic: false } && (method.DeclaredAccessibility == Accessibility.Public || model.App.IsEventHandler(method));
}
