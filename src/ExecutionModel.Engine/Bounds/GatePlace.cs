using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>May a gate be put into a fan-out, and may its declaration dispose it?</summary>
/// <param name="Obstacle">Why not; null where it may.</param>
/// <param name="OutlivesBlock">Tasks may still run when the block is left: the gate must not be disposed there.</param>
/// <param name="DropsContext">The wait for all says <c>ConfigureAwait(false)</c>, or holds the thread that the context needs: so shall the waits that the gate adds.</param>
/// <param name="DropsResults">Nobody uses the results: the statement only waits.</param>
public sealed record GatePlace(string? Obstacle, bool OutlivesBlock, bool DropsContext, bool DropsResults)
{
    private static readonly HashSet<string> Mutators = new(
        ["Add", "AddRange", "Clear", "Remove", "RemoveAt", "RemoveAll", "Insert", "Enqueue", "Dequeue", "Push", "Pop", "Append", "AppendLine", "TryAdd", "UnionWith"], StringComparer.Ordinal);

    public static GatePlace Of(FanOut fanOut)
    {
        var use = Consumer(fanOut.WhenAll);
        var isStored = use is IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } or IFieldInitializerOperation or IPropertyInitializerOperation;
        var obstacle = fanOut.Outer is not null && fanOut.Form == FanOutForm.Query ? "a query inside another one" : isStored ? "the joined task is stored: nobody here knows when it is done" : fanOut.Starts.Select(s => ObstacleIn(s, fanOut.Form)).FirstOrDefault(o => o is not null);
        return new GatePlace(obstacle, !(fanOut.Blocks || IsWaitedFor(use)) || !Follows(fanOut), fanOut.Blocks || fanOut.WhenAll.Above().DropsContext(), use is IAwaitOperation { Parent: IExpressionStatementOperation });
    }

    /// <summary>
    /// Without a gate the part of an operation before its first wait runs alone: all of them run in turn while the source is enumerated. Behind the gate they
    /// overlap, so what it changes or uses must not be shared.
    /// </summary>
    public static string? ObstacleIn(IOperation start, FanOutForm form)
    {
        foreach (var operation in start.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IAssignmentOperation assignment when IsShared(assignment.Target, start):
                    return "operations change what they share";
                case IIncrementOrDecrementOperation step when IsShared(step.Target, start):
                    return "operations change what they share";
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when IsShared(argument.Value, start) && !IsInterlocked(argument.Parent):
                    return "operations change what they share";
                case IInvocationOperation call when Mutators.Contains(call.TargetMethod.Name) && call.Instance is { } list && IsPlainCollection(list.Type) && IsShared(list, start):
                    return "operations change a collection that they share";
                case { Type.Name: "HttpContext" or "HttpRequest" or "HttpResponse" } when IsShared(operation, start):
                    return "'HttpContext' is not safe to use from operations that overlap";
                case IParameterReferenceOperation { Parameter.RefKind: not RefKind.None }:
                    return "a 'ref' parameter can't be captured";
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsValueType: true } when form is FanOutForm.LoopAdd or FanOutForm.SelectMethodGroup:
                    return "'this' of a struct can't be captured";
                case IAwaitOperation when form == FanOutForm.LoopAdd && !operation.IsInFunctionOf(start.Parent):
                    return "an argument is awaited";
                case IMethodReferenceOperation { Instance: not (null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation) }:
                    return "the receiver is made once for all operations";
            }
        }

        return null;
    }

    /// <summary>Exists outside of the operation; an element of an array is its own place.</summary>
    private static bool IsShared(IOperation target, IOperation start) => target.Plain() switch
    {
        ILocalReferenceOperation local => !start.Declares(local.Local),
        IParameterReferenceOperation parameter => !start.Declares(parameter.Parameter),
        IFieldReferenceOperation { Instance: { } instance } => IsShared(instance, start),
        IPropertyReferenceOperation { Instance: { } instance } => IsShared(instance, start),
        IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        _ => false,
    };

    private static bool IsPlainCollection(ITypeSymbol? type) => type?.ContainingNamespace?.Name is "Generic" or "Text" or "ObjectModel";

    private static bool IsInterlocked(IOperation? call) => call is IInvocationOperation { TargetMethod.ContainingType.Name: "Interlocked" or "Volatile" };

    /// <summary>What takes the joined task, <c>ConfigureAwait</c> and the like left out.</summary>
    private static IOperation? Consumer(IOperation task)
    {
        while (task.Above() is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" } call && ReferenceEquals(call.Instance?.Plain(), task)) task = call;
        return task.Above();
    }

    private static bool IsWaitedFor(IOperation? use) => use switch
    {
        IAwaitOperation => true,
        IInvocationOperation { TargetMethod: { Name: "Wait" or "GetResult", Parameters.IsEmpty: true } } => true,
        IPropertyReferenceOperation { Property.Name: "Result" } => true,
        _ => false,
    };

    /// <summary>Nothing that may throw stands between the start of the tasks and the wait for all.</summary>
    private static bool Follows(FanOut fanOut)
    {
        var join = Statement(fanOut.WhenAll);
        var origin = Statement(fanOut.Origin);
        if (join is null || origin is null) return false;
        if (ReferenceEquals(join, origin)) return join.Parent is not ISwitchCaseOperation;
        if (join.Parent is not IBlockOperation block || !ReferenceEquals(origin.Parent, block)) return false;
        var index = block.Operations.IndexOf(join);
        return index > 0 && ReferenceEquals(block.Operations[index - 1], origin) && (fanOut.Loop is null || OnlyStarts(fanOut.Loop, fanOut));
    }

    private static bool OnlyStarts(IOperation statement, FanOut fanOut) => statement switch
    {
        ILoopOperation loop => OnlyStarts(loop.Body, fanOut),
        IBlockOperation block => block.Operations.All(o => OnlyStarts(o, fanOut)),
        _ => fanOut.Starts.Any(s => s.IsInside(statement)),
    };

    /// <summary>The statement that stands in a block. An embedded one counts as the block that it will be.</summary>
    private static IOperation? Statement(IOperation operation)
    {
        for (IOperation? o = operation; o is not null; o = o.Parent)
        {
            if (o.Parent is IBlockOperation or ISwitchCaseOperation or IConditionalOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.IfStatementSyntax } && !IsCondition(o)) return o;
        }

        return null;

        static bool IsCondition(IOperation o) => o.Parent is IConditionalOperation condition && ReferenceEquals(condition.Condition, o);
    }
}
