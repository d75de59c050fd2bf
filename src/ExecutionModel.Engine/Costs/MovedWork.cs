using System.Collections.Immutable;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Answers: may this work move into a lambda that another thread runs while the frame awaits it?</summary>
/// <param name="Obstacle">Why not; null where it may.</param>
/// <param name="First">Operands to evaluate before, on the frame's own thread, in source order.</param>
public sealed record MovedWork(string? Obstacle, ImmutableArray<IOperation> First)
{
    /// <summary>As <c>new Rfc2898DeriveBytes(…)</c> does: <c>GetBytes</c> computes.</summary>
    private const string Prepares = "a new object may only prepare the work";

    public static MovedWork Of(IOperation work, Frame frame, Host host, ProgramModel model)
    {
        var obstacle = Place(work, frame) ?? Captures(work) ?? work switch
        {
            ILoopOperation loop => OfLoop(loop, frame, host),
            IInvocationOperation call => OfCall(call, host, model),
            _ => Prepares,
        };
        if (obstacle is not null) return new MovedWork(obstacle, []);
        if (work is not IInvocationOperation invocation) return new MovedWork(null, []);
        var pinned = host is Host.Ui or Host.Turn;
        ImmutableArray<IOperation> first = [.. Operands(invocation).Where(o => !Steady.Operand(o, pinned, model))];
        if (!CanKeep(first)) return new MovedWork("an operand can't be kept in a local", []);
        return first.IsEmpty || Alone(invocation) ? new MovedWork(null, first) : new MovedWork("its operands would be evaluated in another order", []);
    }

    /// <summary>An await may not stand here.</summary>
    private static string? Place(IOperation work, Frame frame)
    {
        IOperation inner = work;
        for (var o = work.Parent; o is not null && !ReferenceEquals(inner, frame.Root); inner = o, o = o.Parent)
        {
            switch (o)
            {
                case ILockOperation:
                    return "it holds a lock";
                case ICatchClauseOperation filter when ReferenceEquals(filter.Filter, inner):
                    return "an exception filter can't await";
                case IConditionalAccessOperation access when ReferenceEquals(access.WhenNotNull, inner):
                    return "it stands behind '?.'";
            }

            if (o.ChildOperations.TakeWhile(c => !ReferenceEquals(c, inner)).Any(c => (c is IArgumentOperation a ? a.Value.Type : c.Type) is { IsRefLikeType: true })) return "a span can't outlive an await";
        }

        if (work.Syntax.Ancestors().Any(a => a.IsKind(SyntaxKind.UnsafeStatement) || a.IsKind(SyntaxKind.FixedStatement))) return "unsafe code can't await";
        return frame.Root.Descendants().Any(o => o is IVariableDeclaratorOperation { Symbol: var local } && (local.IsRef || local.Type.IsRefLikeType) && o.Syntax.SpanStart < work.Syntax.Span.End)
            ? "a span or reference can't outlive an await"
            : null;
    }

    /// <summary>What a lambda can't capture.</summary>
    private static string? Captures(IOperation work)
    {
        foreach (var operation in work.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IParameterReferenceOperation { Parameter.RefKind: not RefKind.None }:
                    return "a lambda can't capture a ref, in or out parameter";
                case ILocalReferenceOperation { Local: { IsRef: true } or { Type.IsRefLikeType: true } }:
                case IParameterReferenceOperation { Parameter.Type.IsRefLikeType: true }:
                    return "a lambda can't capture a span or reference";
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsValueType: true }:
                    return "a lambda can't capture the 'this' of a struct";
                case IDynamicInvocationOperation or IDynamicMemberReferenceOperation:
                    return "dynamic";
            }
        }

        return null;
    }

    private static string? OfCall(IInvocationOperation call, Host host, ProgramModel model)
    {
        if (call.TargetMethod is { ReturnsByRef: true } or { ReturnsByRefReadonly: true } or { ReturnType: { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.Dynamic } }) return "its result can't leave a lambda";
        if (model.Types.IsTaskLike(call.TargetMethod.ReturnType)) return "it returns a task";
        if (call.TargetMethod is { IsStatic: true, Name: "Create" } made && SymbolEqualityComparer.Default.Equals(made.ReturnType, made.ContainingType)) return Prepares;
        if (call.Arguments.Any(a => a.Parameter?.RefKind is RefKind.Ref or RefKind.Out)) return "it takes a ref or out argument";
        if (call.Descendants().Any(o => o is IDeclarationExpressionOperation or IDeclarationPatternOperation or IThrowOperation)) return "it declares a variable";
        if (host is not (Host.Ui or Host.Turn)) return null;
        if (call.Instance is IInstanceReferenceOperation && TouchesInstance(call.TargetMethod, model)) return host == Host.Ui ? "it may touch controls" : "it may touch the state of its turn";
        var handedOver = Operands(call).SelectMany(o => o.DescendantsAndSelf());
        return handedOver.Any(o => o is IAnonymousFunctionOperation || model.App.HostOf(o.Type) == host && o.Parent is IArgumentOperation or IConversionOperation { Parent: IArgumentOperation }) ? "it may touch controls" : null;
    }

    private static string? OfLoop(ILoopOperation loop, Frame frame, Host host)
    {
        if (loop.Syntax.Parent?.Kind() is not (SyntaxKind.Block or SyntaxKind.GlobalStatement)) return "it does not stand in a block";
        var inside = new HashSet<ILocalSymbol>(loop.Descendants().OfType<IVariableDeclaratorOperation>().Select(d => d.Symbol), SymbolEqualityComparer.Default);
        foreach (var operation in loop.Descendants())
        {
            switch (operation)
            {
                case IReturnOperation or IBranchOperation { BranchKind: BranchKind.GoTo } or IAwaitOperation:
                    return "it leaves the loop";
                case IInstanceReferenceOperation when host is Host.Ui or Host.Turn:
                    return "it may touch controls";
                case IAssignmentOperation { Target: var target } when Outside(target):
                case IIncrementOrDecrementOperation { Target: var counted } when Outside(counted):
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var passed } when Outside(passed):
                case IDeconstructionAssignmentOperation:
                    return "it writes variables of the method";
            }
        }

        return null;

        bool Outside(IOperation target) => target switch
        {
            ILocalReferenceOperation { Local: var local } => !inside.Contains(local) && !loop.Syntax.Span.Contains(local.Locations[0].SourceSpan),
            IParameterReferenceOperation => true,
            _ => false,
        };
    }

    internal static bool TouchesInstance(IMethodSymbol method, ProgramModel model) =>
        model.SourceBodies.Of(method) is not { } body || body.Frames.Any(f => f.Root.DescendantsAndSelf().Any(o => o is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }));

    internal static bool CanKeep(ImmutableArray<IOperation> operands) => operands.All(o => o.Type is not (null or { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.Dynamic }));

    /// <summary>Receiver and arguments, as they are written.</summary>
    internal static IEnumerable<IOperation> Operands(IInvocationOperation call)
    {
        if (call.Instance is { IsImplicit: false } instance and not IInstanceReferenceOperation) yield return instance;
        foreach (var argument in call.Arguments.Where(a => a.ArgumentKind != ArgumentKind.DefaultValue).OrderBy(a => a.Syntax.SpanStart))
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit)
            {
                yield return Written(argument.Value);
                continue;
            }

            foreach (var element in argument.Value.Descendants().OfType<IArrayInitializerOperation>().SelectMany(i => i.ElementValues)) yield return Written(element);
        }
    }

    private static IOperation Written(IOperation value) => value is IConversionOperation { IsImplicit: true, Operand: var operand } ? Written(operand) : value;

    /// <summary>Nothing of the statement is evaluated before the call.</summary>
    private static bool Alone(IInvocationOperation call)
    {
        IOperation inner = call;
        for (var o = call.Parent; o is not null; inner = o, o = o.Parent)
        {
            switch (o)
            {
                case IConversionOperation or IParenthesizedOperation or IVariableInitializerOperation or IVariableDeclaratorOperation:
                    continue;
                case IVariableDeclarationOperation { Declarators.Length: 1 } or IVariableDeclarationGroupOperation { Declarations.Length: 1 }:
                    if (o is IVariableDeclarationGroupOperation) return InBlock(o.Syntax);
                    continue;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation } or ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } }:
                    continue;
                case IExpressionStatementOperation or IReturnOperation { IsImplicit: false }:
                    return InBlock(o.Syntax);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool InBlock(SyntaxNode statement) => statement.Parent?.Kind() is SyntaxKind.Block or SyntaxKind.GlobalStatement;
}
