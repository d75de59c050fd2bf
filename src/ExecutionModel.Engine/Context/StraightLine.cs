using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>An awaited call that runs whenever its statement does.</summary>
/// <param name="Await">The await.</param>
/// <param name="Call">The call whose task is awaited, <c>ConfigureAwait</c> taken off.</param>
/// <param name="Index">Position of its statement in the list.</param>
/// <param name="Configured"><c>ConfigureAwait</c> argument in the source, or null.</param>
public sealed record AwaitSite(IAwaitOperation Await, IInvocationOperation Call, int Index, string? Configured)
{
    public bool IsResultUnused => Await.Parent is IExpressionStatementOperation;

    /// <summary>Null where something else than a call is awaited.</summary>
    public static AwaitSite? Of(IAwaitOperation wait, int index)
    {
        if (wait.Operation.Plain() is not IInvocationOperation call) return null;
        if (call.TargetMethod.Name != "ConfigureAwait") return new AwaitSite(wait, call, index, null);
        var configured = call.Arguments.Length == 1 ? call.Arguments[0].Value.Syntax.ToString() : null;
        return call.Instance?.Plain() is IInvocationOperation inner ? new AwaitSite(wait, inner, index, configured) : null;
    }
}

/// <summary>One statement list of a frame, plain blocks in it unfolded, with its awaits that no condition guards, in evaluation order.</summary>
/// <param name="Statements">The list.</param>
/// <param name="Sites">Awaited calls.</param>
/// <param name="Nested">Statements that await calls under a condition, in a loop or in a region of their own.</param>
/// <param name="Opaque">Statements that await something else, such as a task that runs already: nothing moves across them.</param>
public sealed record StraightLine(IReadOnlyList<IOperation> Statements, IReadOnlyList<AwaitSite> Sites, ISet<int> Nested, ISet<int> Opaque)
{
    private readonly bool?[] mayLeave = new bool?[Statements.Count];

    /// <summary>The statement may return, throw or jump out of the list.</summary>
    public bool MayLeave(int index) => mayLeave[index] ??= Leaves(Statements[index]);

    /// <param name="enough">Lines with fewer awaited calls are left out.</param>
    public static IEnumerable<StraightLine> Of(Frame frame, int enough = 2)
    {
        var lines = new List<Builder>();
        foreach (var wait in frame.Awaits)
        {
            var (list, statement, unconditional) = Climb(wait, frame.Root);
            for (var isNested = false; list is not null; isNested = true)
            {
                var line = lines.FindLast(l => ReferenceEquals(l.List, list));
                if (line is null) lines.Add(line = new Builder(list));
                line.Add(wait, statement!, isNested || !unconditional);
                if (ReferenceEquals(list, frame.Root)) break;
                (list, statement, _) = Climb(list!, frame.Root);
            }
        }

        foreach (var line in lines)
        {
            if (line.Sites.Count >= enough && !IsInHandler(line.List, frame.Root)) yield return line.Build();
        }
    }

    private sealed class Builder
    {
        private readonly List<IOperation> statements = [];
        private readonly Dictionary<IOperation, int> positions = [];
        private readonly HashSet<int> nested = [];
        private readonly HashSet<int> opaque = [];

        public Builder(IOperation list)
        {
            List = list;
            Unfold(list is IBlockOperation block ? block.Operations : ((ISwitchCaseOperation)list).Body);
        }

        public IOperation List { get; }

        public List<AwaitSite> Sites { get; } = [];

        public void Add(IAwaitOperation wait, IOperation statement, bool isNested)
        {
            var index = positions[statement];
            if (AwaitSite.Of(wait, index) is not { } site) opaque.Add(index);
            else if (isNested) nested.Add(index);
            else Sites.Add(site);
        }

        /// <summary>An operand ends before the operation that it belongs to, and is evaluated before it.</summary>
        public StraightLine Build() => new(statements, [.. Sites.OrderBy(s => s.Await.Syntax.Span.End).ThenByDescending(s => s.Await.Syntax.SpanStart)], nested, opaque);

        private void Unfold(IEnumerable<IOperation> operations)
        {
            foreach (var operation in operations)
            {
                if (IsPlainBlock(operation))
                {
                    Unfold(((IBlockOperation)operation).Operations);
                    continue;
                }

                positions[operation] = statements.Count;
                statements.Add(operation);
            }
        }
    }

    /// <summary>From an operation up to the statement list that holds it; unconditional while every ancestor evaluates it always and once.</summary>
    internal static (IOperation? List, IOperation? Statement, bool Unconditional) Climb(IOperation operation, IOperation root)
    {
        var unconditional = true;
        IOperation? statement = null;
        var child = operation;
        for (var parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IBlockOperation || parent is ISwitchCaseOperation && child is not ICaseClauseOperation)
            {
                statement ??= child;
                if (!IsPlainBlock(parent)) return (parent, statement, unconditional);
            }
            else
            {
                if (ReferenceEquals(child, root)) break;
                unconditional &= EvaluatesAlways(parent, child);
            }
        }

        return (null, null, false);
    }

    /// <summary>Whenever the body runs, it runs the operation, once.</summary>
    internal static bool RunsWith(IOperation operation, IOperation body)
    {
        var child = operation;
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(child, body); child = parent, parent = parent.Parent)
        {
            if (parent is IBlockOperation ? !ReferenceEquals(parent, body) && !IsPlainBlock(parent) : !EvaluatesAlways(parent, child)) return false;
        }

        return ReferenceEquals(child, body);
    }

    private static bool EvaluatesAlways(IOperation parent, IOperation child) => parent switch
    {
        IConditionalAccessOperation access => ReferenceEquals(access.Operation, child),
        ICoalesceOperation coalesce => ReferenceEquals(coalesce.Value, child),
        IConditionalOperation choice => ReferenceEquals(choice.Condition, child),
        ISwitchOperation choice => ReferenceEquals(choice.Value, child),
        ISwitchExpressionOperation choice => ReferenceEquals(choice.Value, child),
        IForEachLoopOperation { IsAsynchronous: false } loop => ReferenceEquals(loop.Collection, child),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary => ReferenceEquals(binary.LeftOperand, child),
        IArgumentOperation or IInvocationOperation or IObjectCreationOperation or IAnonymousObjectCreationOperation or IArrayCreationOperation
            or IArrayInitializerOperation or ICollectionExpressionOperation or IObjectOrCollectionInitializerOperation or IMemberInitializerOperation
            or ISimpleAssignmentOperation or ICompoundAssignmentOperation or IDeconstructionAssignmentOperation or IVariableInitializerOperation or IVariableDeclaratorOperation
            or IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IExpressionStatementOperation or IReturnOperation or ITupleOperation
            or IInterpolatedStringOperation or IInterpolationOperation or IBinaryOperation or IUnaryOperation or IConversionOperation
            or IParenthesizedOperation or IPropertyReferenceOperation or IFieldReferenceOperation or IIsPatternOperation or IAwaitOperation
            or IArrayElementReferenceOperation or IInterpolatedStringTextOperation => true,
        _ => false,
    };

    internal static bool IsInHandler(IOperation list, IOperation root)
    {
        for (var o = list; o is not null && !ReferenceEquals(o, root); o = o.Parent)
        {
            if (o is ICatchClauseOperation || (o.Parent is ITryOperation t && ReferenceEquals(t.Finally, o))) return true;
        }

        return false;
    }

    /// <summary>The statement may return, throw or jump out of the list that holds it.</summary>
    internal static bool Leaves(IOperation statement) => statement.DescendantsAndSelf().Any(o => o switch
    {
        IReturnOperation or IThrowOperation => !IsInFunction(o, statement),
        IBranchOperation branch => !IsInFunction(o, statement) && branch.GetCorrespondingOperation()?.IsInside(statement) != true,
        _ => false,
    });

    private static bool IsInFunction(IOperation operation, IOperation statement)
    {
        for (var o = operation; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
            if (ReferenceEquals(o, statement)) return false;
        }

        return false;
    }

    /// <summary>Braces in a list that open no region and own nothing that is disposed of.</summary>
    private static bool IsPlainBlock(IOperation operation) =>
        operation is IBlockOperation { Parent: IBlockOperation or ISwitchCaseOperation } block && !block.Operations.Any(o => o is IUsingDeclarationOperation);
}
