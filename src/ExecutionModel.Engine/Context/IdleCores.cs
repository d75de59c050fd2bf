using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>May the work of a frame take all processors? In a tool it may; on a server they belong to the other requests.</summary>
public static class IdleCores
{
    /// <summary>What <see cref="At"/> can say of any place of the program.</summary>
    public static Confidence Highest(ProgramModel model) => model.App.Application switch
    {
        Host.Console or Host.Worker => Confidence.Certain,
        Host.Web or Host.Browser => Confidence.Unknown,
        _ => Confidence.Likely,
    };

    /// <summary>Certain in tools and workers; Likely where only the caller can know; Unknown where others need the processors, or the work has several already.</summary>
    public static Confidence At(ProgramModel model, ISymbol member, Frame frame)
    {
        if (model.App.IsClassicAspNet || member is IMethodSymbol { MethodKind: MethodKind.StaticConstructor }) return Confidence.Unknown; // a type initializer holds a lock that lambdas of its type wait for
        var (highest, host) = (Highest(model), model.App.HostOf(frame));
        if (highest == Confidence.Unknown || host is not (Host.Unstated or Host.Console or Host.Worker or Host.Ui)) return Confidence.Unknown;
        var isTool = highest == Confidence.Certain;
        if (!isTool && (frame.IsAsync || frame.Method is { } method && model.Types.IsTaskLike(method.ReturnType))) return Confidence.Unknown;
        var (handed, pooled) = Handed(model, frame);
        if (handed is null) return Confidence.Unknown;
        if (host == Host.Ui && !pooled) return Confidence.Unknown;
        return isTool && host != Host.Ui && handed == false ? Confidence.Certain : Confidence.Likely;
    }

    /// <summary>The frame is a lambda that somebody else runs, who knows how often at once; null: several at once for certain. And whether the pool runs it.</summary>
    private static (bool? Handed, bool Pooled) Handed(ProgramModel model, Frame frame)
    {
        var (handed, pooled) = (false, false);
        for (var f = frame; f.Outer is not null; f = f.Outer)
        {
            if (f.Function is not IAnonymousFunctionOperation lambda) continue;
            var call = AppModel.HandedTo(lambda);
            if (call is not null && model.Catalogue.Of(call.TargetMethod) is { Offloads: true })
            {
                if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Task) || IsRepeated(call)) return (null, true);
                pooled = true;
            }
            else
            {
                handed = true;
            }
        }

        return (handed, pooled);
    }

    /// <summary>Started once per turn, or once per item of a query.</summary>
    private static bool IsRepeated(IOperation start)
    {
        for (var o = start.Parent; o is not null; o = o.Parent)
        {
            if (o is ILoopOperation or IAnonymousFunctionOperation) return true;
        }

        return false;
    }
}
