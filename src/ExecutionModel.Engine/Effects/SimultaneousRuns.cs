using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Answers: may runs of an operation that took turns on one thread until now run on several threads at once? Each run may change what it made itself and
/// the item that it was given; what it reads must be there unchanged whenever it runs.
/// </summary>
/// <param name="Obstacle">Why not; null where they may.</param>
/// <param name="IsConflict">The runs certainly share something that one of them changes; else the obstacle is only not understood.</param>
public sealed record SimultaneousRuns(string? Obstacle, bool IsConflict)
{
    private static readonly SimultaneousRuns May = new(null, false);

    /// <param name="blocks">It asks the outside world before it first awaits: those requests took turns until now, awaited ones did not.</param>
    public static SimultaneousRuns Of(ProgramModel model, IOperation start, bool blocks, Host host, ValueScope scope)
    {
        var walker = new EffectWalker(model, Summaries.Depth, root => root is { Traced: true, Symbols: [.., var origin] } && IsOwn(origin, start, scope));
        if (start is IInvocationOperation started) walker.Call(started);
        else walker.Tree(start is IAnonymousFunctionOperation lambda ? lambda.Body : start);
        string? unclear = null;
        foreach (var effect in walker.Effects)
        {
            if (effect.Access == Access.Read) continue;
            switch (effect.Place)
            {
                case { Kind: PlaceKind.External, Channel: Channel.Log or Channel.Clock or Channel.Cache }:
                case { Kind: PlaceKind.External } when !blocks:
                case { Symbol: { } own } when effect.Place.Kind != PlaceKind.Member && IsOwn(own, start, scope):
                    continue;
                case { Kind: PlaceKind.External } or { Kind: PlaceKind.Contents, Symbol: null }:
                    unclear ??= $"it changes {effect.Place}";
                    break;
                default:
                    return new SimultaneousRuns($"its runs share {effect.Place}", true);
            }
        }

        unclear ??= walker.Obstacle is { } unknown ? $"not understood: {unknown}" : Unmovable(model, start, host, scope);
        return unclear is null ? May : new SimultaneousRuns(unclear, false);
    }

    /// <summary>Why the start can't be written into a lambda that another thread runs a moment later.</summary>
    private static string? Unmovable(ProgramModel model, IOperation start, Host host, ValueScope scope)
    {
        if (Captures.ObstacleIn(start) is { } captured) return captured;
        var pinned = host is Host.Ui or Host.Turn;
        if (pinned && TouchesItsThread(model, start, host)) return host == Host.Ui ? "it may touch controls" : "it may touch the state of its turn";
        if (start is IInvocationOperation call)
        {
            if (call.Arguments.Any(a => a.Parameter?.RefKind is RefKind.Ref or RefKind.Out)) return "it takes a ref or out argument";
            if (call.ChildOperations.Any(o => o is not IInstanceReferenceOperation && !Steady.Operand(o is IArgumentOperation a ? a.Value : o, pinned, model))) return "its operands may change before it runs";
        }

        return Changing(start, scope) is { } changing ? $"'{changing.Name}' may change before it runs" : null;
    }

    /// <summary>Each run has its own: parameters and locals of a lambda, the item of the loop that starts it, locals of its turn.</summary>
    private static bool IsOwn(ISymbol symbol, IOperation start, ValueScope scope)
    {
        if (symbol is not (ILocalSymbol or IParameterSymbol) || symbol.DeclaringSyntaxReferences is not [var declared]) return false;
        if (start.Syntax.Span.Contains(declared.Span)) return true;
        return symbol is ILocalSymbol local && scope.LoopOf(local) is not null && ListFill.LoopAround(start) is { } loop && loop.Syntax.Span.Contains(declared.Span);
    }

    /// <summary>A variable of the method that is not written once and for all before the start.</summary>
    private static ISymbol? Changing(IOperation start, ValueScope scope)
    {
        foreach (var operation in start.DescendantsAndSelf())
        {
            var symbol = operation switch
            {
                ILocalReferenceOperation { Local: { IsConst: false } local } => local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => (ISymbol?)null,
            };
            if (symbol is null || symbol.DeclaringSyntaxReferences is not [var declared] || start.Syntax.Span.Contains(declared.Span)) continue;
            if (scope.WritesTo(symbol).Count > (symbol is ILocalSymbol other && scope.LoopOf(other) is null ? 1 : 0)) return symbol;
        }

        return null;
    }

    private static bool TouchesItsThread(ProgramModel model, IOperation start, Host host)
    {
        var method = start switch
        {
            IInvocationOperation call => call.TargetMethod,
            IMethodReferenceOperation group => group.Method,
            _ => null,
        };
        if (method is { IsStatic: false } && model.App.HostOf(method.ContainingType) == host && MovedWork.TouchesInstance(method, model)) return true;
        return start.DescendantsAndSelf().Any(o => o switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => start is IAnonymousFunctionOperation && o.Parent is not IInvocationOperation,
            IInvocationOperation { Instance: IInstanceReferenceOperation } call => start is IAnonymousFunctionOperation && MovedWork.TouchesInstance(call.TargetMethod, model),
            ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => model.App.HostOf(o.Type) == host,
            _ => false,
        });
    }
}
