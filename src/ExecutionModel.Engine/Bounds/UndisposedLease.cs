using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>A permit of a rate limiter, kept in a local that nobody disposes of on every path. Limiters of time take their permits back themselves.</summary>
/// <param name="Acquire">Takes the permit.</param>
/// <param name="IsDisposed">Some path does dispose of it.</param>
/// <param name="Confidence">Certain for a limiter of concurrency; Likely where the type leaves open which kind it is.</param>
public sealed record UndisposedLease(IInvocationOperation Acquire, ILocalSymbol Lease, bool IsDisposed, Confidence Confidence)
{
    private static readonly WordSet Names = new(["AcquireAsync", "AttemptAcquire"]);

    /// <summary>A cheap no, from text.</summary>
    public static bool MayStandIn(ProgramModel model, SyntaxNode body) => model.Words.HasAny(body.SyntaxTree, body.Span, Names);

    public static IEnumerable<UndisposedLease> In(ProgramModel model, FlatBody body, Frame frame)
    {
        foreach (var call in frame.Calls)
        {
            if (call.TargetMethod.Name is not ("AcquireAsync" or "AttemptAcquire") || call.Instance?.Type is not INamedTypeSymbol limiter || !Limiters.IsEntry(model, call)) continue;
            if (IsOfTime(model, limiter) || HolderOf(call) is not { } local) continue;
            var uses = body.Values.UsesOf(local);
            if (uses.Any(u => IsHandedOn(u, frame))) continue;
            var disposals = uses.Where(u => u.Above() is IInvocationOperation { TargetMethod.Name: "Dispose" }).ToList();
            if (disposals.Any(IsSure)) continue;
            yield return new UndisposedLease(call, local, disposals.Count > 0, limiter.Name == "ConcurrencyLimiter" ? Confidence.Certain : Confidence.Likely);
        }
    }

    private static bool IsOfTime(ProgramModel model, ITypeSymbol limiter) => Limiters.IsOfTime(model, limiter) && !limiter.IsAbstract;

    /// <summary>The local that takes the lease without a <c>using</c>.</summary>
    private static ILocalSymbol? HolderOf(IOperation value)
    {
        while (value.Above() is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) value = value.Above()!;
        if (value.Above() is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }) return null;
        return declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation ? null : local;
    }

    private static bool IsHandedOn(IOperation use, Frame frame)
    {
        for (var o = use.Parent; o is not null && !ReferenceEquals(o, frame.Root); o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation or IUsingOperation { Resources: ILocalReferenceOperation }) return true;
        }

        return use.Above() is not (IInvocationOperation or IPropertyReferenceOperation or IConditionalAccessOperation);
    }

    private static bool IsSure(IOperation disposal)
    {
        for (var o = disposal; o.Parent is not null; o = o.Parent)
        {
            if (o.Parent is ITryOperation tried && ReferenceEquals(tried.Finally, o)) return true;
        }

        return false;
    }
}
