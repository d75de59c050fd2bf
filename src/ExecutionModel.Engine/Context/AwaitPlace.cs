using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>What an await at a place asks of the function around it.</summary>
public enum AsyncCode
{
    /// <summary>The function is synchronous and has to stay so, as far as can be seen.</summary>
    No,

    /// <summary>A synchronous function that could become async without anybody outside its type noticing.</summary>
    CouldBecome,

    /// <summary>An async function: an await may stand in it.</summary>
    Yes,
}

/// <summary>
/// May an operation be replaced by an <c>await</c>, and if not, why? The language forbids it in some places; in others it compiles and is wrong: between
/// taking and releasing a lock that belongs to a thread, and on the synchronous side of code that serves both kinds of callers.
/// </summary>
/// <param name="Code">The function that directly holds the operation.</param>
/// <param name="Obstacle">Null: nothing speaks against an await there, once the function is async.</param>
public sealed record AwaitPlace(AsyncCode Code, string? Obstacle)
{
    /// <summary>What becomes async along with a function that has callers; null where it is async, has a task to return or is called by the framework only.</summary>
    public AsyncConversion? Conversion { get; init; }

    /// <summary>An await can be written there as the code stands.</summary>
    public bool CanAwait => Code == AsyncCode.Yes && Obstacle is null;

    public static AwaitPlace Of(ProgramModel model, Frame frame, IOperation operation)
    {
        var place = AsyncConversion.CodeOf(model, frame);
        if (place.Obstacle is not null || place.Code == AsyncCode.No) return place;
        return ObstacleAt(model, frame, operation) is { } obstacle ? place with { Obstacle = obstacle } : place;
    }

    /// <summary>The same without the question what the function is: what stands around the operation inside it.</summary>
    internal static string? ObstacleAt(ProgramModel model, Frame frame, IOperation operation) =>
        InRegion(frame, operation)
        ?? (IsUnsafe(operation.Syntax) ? "in an unsafe context" : null)
        ?? DualPath.SynchronousSide(frame, operation)
        ?? ThreadBound.Holding(model, frame, operation)
        ?? RefLiveness.Across(frame, operation);

    private static string? InRegion(Frame frame, IOperation operation)
    {
        var child = operation;
        for (var o = operation.Parent; o is not null && !ReferenceEquals(child, frame.Root); child = o, o = o.Parent)
        {
            switch (o)
            {
                case ILockOperation held when ReferenceEquals(held.Body, child):
                    return "inside a lock";
                case ICatchClauseOperation handler when ReferenceEquals(handler.Filter, child):
                    return "in an exception filter";
                case INameOfOperation:
                    return "inside nameof";
                case IAnonymousFunctionOperation:
                    return "inside a lambda"; // the operation belongs to another frame
                case IInterpolatedStringHandlerCreationOperation { Type.IsRefLikeType: true }:
                    return "inside an interpolated string whose handler lives on the stack";
            }
        }

        return null;
    }

    /// <summary>An unsafe context reaches into the lambdas and local functions in it.</summary>
    private static bool IsUnsafe(SyntaxNode place)
    {
        foreach (var node in place.Ancestors())
        {
            switch (node)
            {
                case UnsafeStatementSyntax or FixedStatementSyntax:
                case LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.UnsafeKeyword):
                case MemberDeclarationSyntax member when member.Modifiers.Any(SyntaxKind.UnsafeKeyword):
                    return true;
            }
        }

        return false;
    }
}
