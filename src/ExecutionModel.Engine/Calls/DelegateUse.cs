using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>
/// What becomes of an async delegate that a method takes as a plain one. The catalogue says so of the world's APIs; a method of the compilation says so by its
/// body: it calls the delegate itself and does nothing else with it. A delegate that is stored or handed on, as events, commands and dispatchers do, is
/// somebody else's affair.
/// </summary>
public sealed record DelegateUse(Drops Drops, string Evidence)
{
    private static readonly DelegateUse Unknown = new(Drops.Unstated, "");

    public static DelegateUse Of(ProgramModel model, IMethodSymbol method, IParameterSymbol parameter)
    {
        if (model.Catalogue.Of(method) is { Drops: not Drops.Unstated } facts) return new DelegateUse(facts.Drops, facts.Source);
        method = method.ReducedFrom ?? method;
        if (Summaries.IsOpen(method) || method.MethodKind != MethodKind.Ordinary || model.SourceBodies.Of(method) is not { } body) return Unknown;
        var uses = ValueScope.Of(body).UsesOf(method.OriginalDefinition.Parameters[parameter.Ordinal]);
        var calls = 0;
        foreach (var use in uses)
        {
            if (IsCalled(use) && !IsInFunction(use)) calls++;
            else if (!IsTested(use)) return Unknown;
        }

        return calls == 0 ? Unknown : new DelegateUse(Drops.Joined, $"the body of {method.Name}");
    }

    private static bool IsCalled(IOperation use) => use.Parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, use) && call.TargetMethod.MethodKind == MethodKind.DelegateInvoke,
        IConditionalAccessOperation access => ReferenceEquals(access.Operation, use) && access.WhenNotNull is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke },
        _ => false,
    };

    private static bool IsTested(IOperation use) => use.Above() switch
    {
        IBinaryOperation or IIsPatternOperation or INameOfOperation => true,
        IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod.ContainingType.Name == "ArgumentNullException",
        _ => false,
    };

    private static bool IsInFunction(IOperation use)
    {
        for (var o = use.Parent; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return false;
    }
}
