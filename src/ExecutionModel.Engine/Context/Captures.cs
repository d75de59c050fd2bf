using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>What keeps code from becoming a lambda whose runs overlap.</summary>
internal static class Captures
{
    /// <summary>Null where the operation itself is no obstacle; it uses something from outside of the moved code.</summary>
    public static string? ObstacleOf(IOperation operation) => operation switch
    {
        { Type.Name: "HttpContext" or "HttpRequest" or "HttpResponse" } => "'HttpContext' is not safe to use from operations that overlap",
        IParameterReferenceOperation { Parameter.RefKind: not RefKind.None } => "a 'ref' parameter can't be captured",
        ILocalReferenceOperation { Local.IsRef: true } => "a 'ref' local can't be captured",
        { Type.IsRefLikeType: true } and (ILocalReferenceOperation or IParameterReferenceOperation) => "a span can't be captured",
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsValueType: true } => "'this' of a struct can't be captured",
        _ => null,
    };

    /// <summary>The first obstacle inside a part that moves.</summary>
    public static string? ObstacleIn(IOperation part) => part.DescendantsAndSelf().Select(ObstacleOf).FirstOrDefault(o => o is not null);
}
