using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers;

/// <summary>Which fault a join throws where several operations fail, told to the fix as property <c>join</c>.</summary>
internal static class JoinOrder
{
    /// <param name="first">The first await after the join.</param>
    public static string At(MemberContext context, Frame frame, IOperation first)
    {
        var isStrict = RuleOptions.ExceptionOrder.Read(context.Options, frame.Root.Syntax.SyntaxTree) switch
        {
            ExceptionOrder.Strict => true,
            ExceptionOrder.Relaxed => false,
            _ => Regions.HasTypedCatchAround(frame, first),
        };
        return isStrict ? "strict" : "relaxed";
    }
}
