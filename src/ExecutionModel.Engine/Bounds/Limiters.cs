using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>Objects that let only some of those pass who share them: semaphores, locks, rate limiters, bulkheads.</summary>
public static class Limiters
{
    /// <summary>Words that make one, and words that enter one, as <see cref="CallWords.HashOf"/>: where a file lacks either, it has no limiter of its own to look at.</summary>
    private static readonly WordSet Makers = new(["SemaphoreSlim", "Semaphore", "Mutex", "ReaderWriterLockSlim", "ConcurrencyLimiter", "TokenBucketRateLimiter", "FixedWindowRateLimiter", "SlidingWindowRateLimiter", "Bulkhead", "BulkheadAsync", "AddConcurrencyLimiter", "new"]);

    private static readonly WordSet Entries = new(["WaitAsync", "Wait", "WaitOne", "AcquireAsync", "AttemptAcquire", "EnterWriteLock", "EnterReadLock", "EnterUpgradeableReadLock", "ExecuteAsync", "Execute"]);
    private static readonly WordSet Locks = new(["object", "Object", "Lock"]);
    private static readonly WordSet Lock = new(["lock"]);

    /// <summary>A cheap no, from text: nothing in it is made and entered.</summary>
    public static bool MayStandIn(ProgramModel model, SyntaxNode body)
    {
        var words = model.Words.In(body.SyntaxTree, body.Span);
        return words.HasAny(Entries) && words.HasAny(Makers) || words.HasAny(Lock) && words.HasAny(Locks);
    }

    /// <summary>The operation makes a limiter with room in it, known by no name that others could open it with.</summary>
    public static bool IsMade(ProgramModel model, IOperation value)
    {
        switch (value)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } creation:
                if (type.SpecialType == SpecialType.System_Object) return true;
                if (!IsLimiter(model, type)) return false;
                return !creation.Arguments.Any(a => a.Parameter is { Type.SpecialType: SpecialType.System_String } || a.Parameter is { Ordinal: 0, Name: "initialCount" } && a.Value.ConstantValue is { HasValue: true, Value: 0 });
            case IInvocationOperation { TargetMethod: { Name: "Bulkhead" or "BulkheadAsync", ContainingType: { Name: "Policy", ContainingNamespace.Name: "Polly" } } }:
                return true;
            case IInvocationOperation { TargetMethod: { Name: "Build", ContainingType: { Name: "ResiliencePipelineBuilder", ContainingNamespace.Name: "Polly" } } } build:
                return LinksOf(build).Any(c => c.TargetMethod.Name == "AddConcurrencyLimiter");
            default:
                return false;
        }
    }

    /// <summary>The calls of a chain that begins with a builder of its own; none where the builder came from elsewhere, so that others may hold what it builds.</summary>
    internal static IReadOnlyList<IInvocationOperation> LinksOf(IOperation last)
    {
        var links = new List<IInvocationOperation>();
        IOperation? link = last;
        for (; link is IInvocationOperation call; link = call.Subject()?.Plain()) links.Add(call);
        return link is IObjectCreationOperation ? links : [];
    }

    /// <summary>The call, or the lock statement, waits for room or asks for it.</summary>
    public static bool IsEntry(ProgramModel model, IOperation operation) => operation switch
    {
        ILockOperation => true,
        IInvocationOperation call => model.Catalogue.Of(call.TargetMethod, call.Instance?.Type)?.Gate == true,
        _ => false,
    };

    /// <summary>Lets pass so many in a time, not so many at a time: also one after the other they wait.</summary>
    public static bool IsOfTime(ProgramModel model, ITypeSymbol? type) => type.DerivesFrom(model.Types.RateLimiter) && type!.Name != "ConcurrencyLimiter";

    private static bool IsLimiter(ProgramModel model, INamedTypeSymbol type)
    {
        var types = model.Types;
        return Is(types.SemaphoreSlim) || Is(types.Semaphore) || Is(types.Mutex) || Is(types.ReaderWriterLockSlim) || Is(types.Lock) || type.DerivesFrom(types.RateLimiter);

        bool Is(INamedTypeSymbol? known) => SymbolEqualityComparer.Default.Equals(type, known);
    }
}
