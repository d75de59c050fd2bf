using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// What lets only some of a fan-out's operations pass at a time: a gate in the operation or in what it calls, batches or pauses of the loop that starts them,
/// a connection limit. Any sign of one counts: whoever thought of a limit is not the reader of a report about a missing one.
/// </summary>
public sealed class Throttle(ProgramModel model)
{
    private const int Hops = 3;
    private static readonly string[] LimiterNames = ["Throttl", "RateLimit", "Limiter", "Bulkhead", "Semaphore", "AsyncLock", "Mutex", "Resilience", "AsyncPolicy"];

    /// <summary>Null where nothing limits the fan-out.</summary>
    public Bound.Throttled? Of(FanOut fanOut, ValueScope scope)
    {
        var reason = fanOut.Starts.Select(s => InStart(s)).FirstOrDefault(r => r is not null)
            ?? (fanOut.Loop is { } loop ? InLoop(loop, fanOut.Tasks!, scope) : null)
            ?? ConnectionLimit(scope.Body.Member.ContainingType);
        return reason is null ? null : new Bound.Throttled(reason);
    }

    /// <summary>What lets only some of a loop's operations pass, or slows its turns down on purpose; null where nothing does.</summary>
    public string? In(ILoopOperation loop) => InBody(loop.Body, Hops) ?? Pause(loop);

    /// <summary>What lets only some of the operations pass that a piece of code starts.</summary>
    public string? In(IOperation body) => InBody(body, Hops);

    /// <summary>The type of a member limits the connections of the clients that it makes.</summary>
    public static string? Around(ISymbol member) => ConnectionLimit(member.ContainingType);

    private string? InStart(IOperation start) => start switch
    {
        IMethodReferenceOperation group => InMethod(group.Method, Hops),
        IInvocationOperation call => InCall(call, Hops) ?? InBody(call, Hops),
        _ => InBody(start, Hops),
    };

    private string? InBody(IOperation body, int hops)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation call && InCall(call, hops) is { } reason) return reason;
        }

        return null;
    }

    private string? InCall(IInvocationOperation call, int hops)
    {
        var method = call.TargetMethod;
        if (IsGate(method)) return $"'{method.ContainingType.Name}.{method.Name}' lets some pass at a time";
        if (IsLimiter(method.ContainingType) || IsLimiter(call.Instance?.Type)) return $"'{call.Instance?.Type?.Name ?? method.ContainingType.Name}' limits it";
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, model.Types.Parallel)) return "'Parallel' limits it";
        return InMethod(method, hops);
    }

    private string? InMethod(IMethodSymbol method, int hops)
    {
        if (hops == 0 || model.SourceBodies.Of(method) is not { } body) return null;
        return body.Frames.SelectMany(f => f.Calls).Select(c => InCall(c, hops - 1)).FirstOrDefault(r => r is not null);
    }

    /// <summary>Batches (<c>tasks.Count</c>, <c>Clear</c>, <c>WhenAny</c>), gates and pauses inside the loop.</summary>
    private string? InLoop(ILoopOperation loop, ILocalSymbol tasks, ValueScope scope)
    {
        foreach (var use in scope.UsesOf(tasks))
        {
            if (!use.IsInside(loop)) continue;
            switch (use.Above())
            {
                case IPropertyReferenceOperation { Property.Name: "Count" or "Length" } count when count.Above() is IBinaryOperation or IIsPatternOperation:
                    return "the loop counts its tasks";
                case IInvocationOperation { TargetMethod.Name: "Clear" or "Remove" or "RemoveAt" or "RemoveAll" }:
                    return "the loop takes finished tasks out";
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WhenAny" or "WhenAll" or "WaitAny" or "WaitAll" } }:
                    return "the loop waits for its tasks";
            }
        }

        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is not IInvocationOperation call) continue;
            if (IsGate(call.TargetMethod)) return $"the loop waits for '{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}'";
        }

        return Pause(loop);
    }

    private static string? Pause(ILoopOperation loop) =>
        loop.Body.Descendants().Any(o => o is IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } or { Name: "Sleep", ContainingType.Name: "Thread" } }) ? "the loop pauses" : null;

    /// <summary>Locks of threads guard a few lines of code, they don't limit what waits for I/O.</summary>
    private bool IsGate(IMethodSymbol method) => method.ContainingType.Name is not ("Monitor" or "Lock" or "ReaderWriterLockSlim") && model.Catalogue.Of(method)?.Gate == true;

    private static string? ConnectionLimit(INamedTypeSymbol? type)
    {
        const string Limit = "MaxConnectionsPerServer";
        if (type is null) return null;
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (WrittenNames.In(reference.SyntaxTree, Limit) && reference.GetSyntax().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == Limit)) return $"the type sets '{Limit}'";
        }

        return null;
    }

    private static bool IsLimiter(ITypeSymbol? type)
    {
        if (type is null) return false;
        if (type is INamedTypeSymbol named && named.ContainingNamespace?.FullMetadataName().StartsWith("Polly", StringComparison.Ordinal) == true) return true;
        foreach (var name in LimiterNames)
        {
            if (type.Name.IndexOf(name, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }
}
