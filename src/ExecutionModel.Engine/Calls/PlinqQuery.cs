using System.Collections.Immutable;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>A PLINQ query in one expression: <c>items.AsParallel().Where(…).Select(…).ToArray()</c>.</summary>
/// <param name="Start">The call of <c>AsParallel</c>.</param>
/// <param name="Operators">What follows, first to last.</param>
public sealed record PlinqQuery(IInvocationOperation Start, ImmutableArray<IInvocationOperation> Operators)
{
    public static PlinqQuery? Of(IInvocationOperation call)
    {
        if (call is not { TargetMethod: { Name: "AsParallel", ContainingType: { Name: "ParallelEnumerable", ContainingNamespace.Name: "Linq" } } }) return null;
        var operators = ImmutableArray.CreateBuilder<IInvocationOperation>();
        for (var last = call; Next(last) is { } next; last = next) operators.Add(next);
        return new PlinqQuery(call, operators.ToImmutable());
    }

    /// <summary>Its last operator gives something that is no parallel query any more, and has a sequential form.</summary>
    public bool IsClosed => !Operators.IsEmpty && Operators[Operators.Length - 1] is { TargetMethod.Name: not "ForAll", Type: { Name: not "ParallelQuery" } };

    /// <summary>The lambdas that the operators run per item; null where one is something else than a lambda.</summary>
    public IReadOnlyList<IAnonymousFunctionOperation>? Lambdas()
    {
        var found = new List<IAnonymousFunctionOperation>();
        foreach (var argument in Operators.SelectMany(o => o.Arguments.Skip(1)))
        {
            if (argument.Value.DelegateTarget() is not IAnonymousFunctionOperation lambda) return null;
            found.Add(lambda);
        }

        return found;
    }

    private static IInvocationOperation? Next(IInvocationOperation call) =>
        call.Above() is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.ContainingType: { Name: "ParallelEnumerable", ContainingNamespace.Name: "Linq" } } next } ? next : null;
}
