using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>Critical sections and transactions that are open at a point of a frame.</summary>
public static class Regions
{
    /// <summary>What is held there; null where nothing was opened before it.</summary>
    public static string? Holding(Frame frame, IOperation at, Catalogue catalogue)
    {
        var position = at.Syntax.SpanStart;
        foreach (var opener in frame.Openers(catalogue))
        {
            if (opener.End <= position) return opener.Obstacle;
        }

        for (var o = at; o is not null; o = o.Parent)
        {
            if (o is ILockOperation) return "inside a lock";
        }

        return null;
    }

    /// <summary>Whatever opens a region anywhere in the frame.</summary>
    internal static IReadOnlyList<Opener> OpenersIn(Frame frame, Catalogue catalogue) =>
    [
        .. frame.Calls.Where(c => catalogue.Of(c.TargetMethod) is { Gate: true } || CallNames.OpensRegion(c.TargetMethod.Name)).Select(c => new Opener(c.Syntax.Span.End, $"inside what '{c.TargetMethod.Name}' opened")),
        .. OpeningCreations(frame).Select(c => new Opener(c.Syntax.Span.End, $"inside a '{c.Type!.Name}'")),
    ];

    /// <summary><c>new TransactionScope()</c></summary>
    internal static IEnumerable<IObjectCreationOperation> OpeningCreations(Frame frame) => frame.Creations.Where(c => c.Type is { } type && CallNames.OpensRegion(type.Name));

    /// <summary>Try block with a catch that names a type or has a filter: it could see which fault comes first.</summary>
    public static bool HasTypedCatchAround(Frame frame, IOperation operation)
    {
        for (var o = operation; o is not null && !ReferenceEquals(o, frame.Root.Parent); o = o.Parent)
        {
            if (o.Parent is not ITryOperation tried || !ReferenceEquals(tried.Body, o)) continue;
            foreach (var handler in tried.Catches)
            {
                if (handler.Filter is not null || handler.ExceptionType is { Name: not "Exception", SpecialType: not SpecialType.System_Object }) return true;
            }
        }

        return false;
    }

    /// <summary>Whatever the fault is, it ends there.</summary>
    public static bool CatchesAll(ICatchClauseOperation handler) => handler is { Filter: null, ExceptionType: { Name: "Exception" } or { SpecialType: SpecialType.System_Object } };

    /// <summary>Stands in a try block whose faults, whatever they are, end in a catch that doesn't throw.</summary>
    public static bool CatchesAll(Frame frame, IOperation operation)
    {
        for (var o = operation; o is not null && !ReferenceEquals(o, frame.Root); o = o.Parent)
        {
            if (o.Parent is not ITryOperation tried || !ReferenceEquals(tried.Body, o)) continue;
            if (tried.Catches.Any(c => CatchesAll(c) && !c.Handler.Descendants().Any(d => d is IThrowOperation))) return true;
        }

        return false;
    }

    /// <summary>
    /// A <c>catch</c> around the operation, inside the frame, names <see cref="AggregateException"/> or takes exceptions apart: it would see an awaited fault,
    /// which comes unwrapped, with other eyes.
    /// </summary>
    public static bool SeesWrappedFaults(Frame frame, IOperation operation)
    {
        for (var o = operation; o is not null && !ReferenceEquals(o, frame.Root.Parent); o = o.Parent)
        {
            if (o.Parent is ITryOperation tried && ReferenceEquals(tried.Body, o) && tried.Catches.Any(TakesApart)) return true;
        }

        return false;
    }

    /// <summary>Code behind the operation's fault runs on: a try block around it has a catch that does not throw again.</summary>
    public static bool IsSwallowedAround(Frame frame, IOperation operation)
    {
        for (var o = operation; o is not null && !ReferenceEquals(o, frame.Root.Parent); o = o.Parent)
        {
            if (o.Parent is ITryOperation tried && ReferenceEquals(tried.Body, o) && tried.Catches.Any(c => c.Handler.Operations.LastOrDefault() is not (IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation }))) return true;
        }

        return false;
    }

    private static bool TakesApart(ICatchClauseOperation handler) =>
        handler.ExceptionType is { Name: "AggregateException" }
        || handler.Descendants().Any(o => o switch
        {
            IPropertyReferenceOperation { Property.Name: "InnerException" or "InnerExceptions" } => true,
            IInvocationOperation { TargetMethod.Name: "Flatten" or "GetBaseException" or "Handle" } call => call.Instance?.Type is { } type && (type.Name is "AggregateException" or "Exception"),
            IIsTypeOperation { TypeOperand.Name: "AggregateException" } or IConversionOperation { Type.Name: "AggregateException" } => true,
            ITypePatternOperation { MatchedType.Name: "AggregateException" } or IDeclarationPatternOperation { MatchedType.Name: "AggregateException" } => true,
            IRecursivePatternOperation { MatchedType.Name: "AggregateException" } => true,
            _ => false,
        });
}

/// <summary>A call or a new object behind which code holds something.</summary>
/// <param name="End">Where it is done.</param>
/// <param name="Obstacle">What to say of code behind it.</param>
internal sealed record Opener(int End, string Obstacle);
