using System.Collections.Immutable;
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
/// <param name="First">Operands of a call that have another value by the time it runs: to evaluate where the call stands, in source order.</param>
public sealed record SimultaneousRuns(string? Obstacle, bool IsConflict, ImmutableArray<IOperation> First)
{

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
                    return new SimultaneousRuns($"its runs share {effect.Place}", true, []);
            }
        }

        unclear ??= walker.Obstacle is { } unknown ? $"not understood: {unknown}" : Unmovable(model, start, host);
        if (unclear is not null) return new SimultaneousRuns(unclear, false, []);
        var (obstacle, first) = Moment(model, start, host is Host.Ui or Host.Turn, scope);
        return new SimultaneousRuns(obstacle, false, first);
    }

    /// <summary>What the start uses has the same value when it runs a moment later, or can be kept until then.</summary>
    private static (string? Obstacle, ImmutableArray<IOperation> First) Moment(ProgramModel model, IOperation start, bool pinned, ValueScope scope)
    {
        if (start is not IInvocationOperation { TargetMethod.Name: not "FromResult" } call) return (Changing(start, start, scope) is { } changing ? $"'{changing.Name}' may change before it runs" : null, []);
        ImmutableArray<IOperation> first = [.. MovedWork.Operands(call).Where(o => Changing(o, start, scope) is not null || !Steady.Operand(o, pinned, model))];
        if (first.Any(o => o.DescendantsAndSelf().Any(p => p is IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IAnonymousFunctionOperation))) return ("its operands are computed where it stands", []);
        return (MovedWork.CanKeep(first) ? null : "an operand can't be kept in a local", first);
    }

    /// <summary>Why the start can't be written into a lambda that another thread runs.</summary>
    private static string? Unmovable(ProgramModel model, IOperation start, Host host)
    {
        if (Captures.ObstacleIn(start) is { } captured) return captured;
        if (host is Host.Ui or Host.Turn && TouchesItsThread(model, start, host)) return host == Host.Ui ? "it may touch controls" : "it may touch the state of its turn";
        return start is IInvocationOperation call && call.Arguments.Any(a => a.Parameter?.RefKind is RefKind.Ref or RefKind.Out) ? "it takes a ref or out argument" : null;
    }

    /// <summary>Each run has its own: parameters and locals of a lambda, the item of the loop that starts it, locals of its turn.</summary>
    private static bool IsOwn(ISymbol symbol, IOperation start, ValueScope scope)
    {
        if (symbol is not (ILocalSymbol or IParameterSymbol) || symbol.DeclaringSyntaxReferences is not [var declared]) return false;
        if (start.Syntax.Span.Contains(declared.Span)) return true;
        return symbol is ILocalSymbol local && scope.LoopOf(local) is not null && ListFill.LoopAround(start) is { } loop && loop.Syntax.Span.Contains(declared.Span);
    }

    /// <summary>A variable of the method that is not written once and for all before the start.</summary>
    private static ISymbol? Changing(IOperation part, IOperation start, ValueScope scope)
    {
        foreach (var operation in part.DescendantsAndSelf())
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
