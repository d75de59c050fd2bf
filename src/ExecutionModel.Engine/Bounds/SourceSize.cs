using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// How many items a sequence has. Follows locals, arguments and visible methods; a source that can't be seen is <see cref="Bound.Unknown"/>,
/// only a parameter, a query or the outside world is large.
/// </summary>
public sealed class SourceSize
{
    /// <summary>Visible methods entered on the way to the source.</summary>
    private const int Hops = 3;
    private const int Depth = 24;
    private readonly ProgramModel model;
    private readonly CallSize calls;
    private readonly MemberSize members;

    public SourceSize(ProgramModel model)
    {
        this.model = model;
        calls = new CallSize(model, this);
        members = new MemberSize(model, this);
    }

    /// <summary>How many operations the fan-out starts.</summary>
    public Bound Of(FanOut fanOut, ValueScope scope)
    {
        if (fanOut.Loop is null) return fanOut.Outer is { } outerSource ? ListFill.Times(Of(outerSource, scope), Of(fanOut.Source, scope)) : Of(fanOut.Source, scope);
        var outer = ListFill.LoopAround(scope.DeclarationOf(fanOut.Tasks!));
        return ListFill.Turns(fanOut.Starts[0], outer, new Step(scope, Hops, Depth), this) ?? new Bound.AtMost(1, "a literal");
    }

    /// <summary>How many turns a loop has.</summary>
    public Bound Of(LoopShape loop, ValueScope scope) => loop switch
    {
        { IsStream: true } => new Bound.Unknown("a stream"),
        { Source: { } source } => Of(source, scope),
        { Loop: IForLoopOperation { Condition: IBinaryOperation condition } } => OfCount(condition.RightOperand, scope),
        _ => new Bound.Unknown("its source can't be seen"),
    };

    /// <summary>How often the loops around an operation, inside <paramref name="outer"/>, run it.</summary>
    public Bound OfTurns(IOperation operation, IOperation? outer, ValueScope scope) => ListFill.Turns(operation, outer, new Step(scope, Hops, Depth), this) ?? new Bound.AtMost(1, "a literal");

    public Bound Of(IOperation sequence, ValueScope scope) => Of(sequence, new Step(scope, Hops, Depth));

    /// <summary>How large a number can get, where it counts something.</summary>
    public Bound OfCount(IOperation number, ValueScope scope) => OfCount(number, new Step(scope, Hops, Depth));

    internal Bound Of(IOperation sequence, Step step)
    {
        if (step.Depth == 0) return new Bound.Unknown("too far to follow");
        var value = sequence.Awaited();
        step = step.Down();
        if (sequence.Plain().Type is { } type && model.Catalogue.Of(type)?.Size == Size.One) return new Bound.AtMost(1, $"an '{type.Name}'");
        if (SizeGuard.Limits(value, step.Scope)) return new Bound.AtMost(Bound.Few, "a size check");
        return value switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => Literal(initializer.ElementValues.Length),
            IArrayCreationOperation { DimensionSizes: [var length] } => OfCount(length, step),
            ICollectionExpressionOperation list => list.Elements.Aggregate((Bound)Literal(0), (sum, e) => sum.Plus(e is ISpreadOperation spread ? Of(spread.Operand, step) : Literal(1))),
            IObjectCreationOperation creation => OfNew(creation, step),
            IInvocationOperation call => calls.Of(call, step),
            ILocalReferenceOperation local => members.Of(local, step),
            IParameterReferenceOperation parameter => members.Of(parameter, step),
            IPropertyReferenceOperation property => members.Of(property, step),
            IFieldReferenceOperation field => members.Of(field, step),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Of(choice.WhenTrue, step).Join(Of(otherwise, step)),
            ICoalesceOperation coalesce => Of(coalesce.Value, step).Join(Of(coalesce.WhenNull, step)),
            ISwitchExpressionOperation choice => choice.Arms.Select(arm => Of(arm.Value, step)).Aggregate((Bound)Literal(0), (a, b) => a.Join(b)),
            IConditionalAccessOperation access => Of(access.WhenNotNull, step),
            ISimpleAssignmentOperation assignment => Of(assignment.Value, step),
            _ => new Bound.Unknown("its source can't be seen"),
        };
    }

    internal Bound OfCount(IOperation number, Step step)
    {
        if (step.Depth == 0) return new Bound.Unknown("too far to follow");
        var value = number.Plain();
        step = step.Down();
        if (value.Constant() is { } constant) return new Bound.AtMost(constant, "a constant");
        switch (value)
        {
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "LongLength", Instance: { } instance }:
                return Of(instance, step);
            case IInvocationOperation { TargetMethod.Name: "Count" or "LongCount" or "GetLength" } call when call.Subject() is { } subject:
                return Of(subject, step);
            case IInvocationOperation { TargetMethod: { Name: "Min", ContainingType.Name: "Math" }, Arguments: [var a, var b] }:
                return OfCount(a.Value, step).Meet(OfCount(b.Value, step));
            case IInvocationOperation { TargetMethod: { Name: "Max", ContainingType.Name: "Math" }, Arguments: [var a, var b] }:
                return OfCount(a.Value, step).Join(OfCount(b.Value, step));
            case ILocalReferenceOperation local when step.Scope.OnlyValueOf(local.Local) is { } written:
                return OfCount(written, step);
            case IParameterReferenceOperation parameter when step.Scope.ArgumentFor(parameter.Parameter) is { } argument:
                return OfCount(argument.Value, step with { Scope = argument.Scope });
            default:
                return new Bound.AtMost(Bound.Few, "a number of workers");
        }
    }

    private Bound OfNew(IObjectCreationOperation creation, Step step)
    {
        if (model.Catalogue.Of(creation.Type)?.Size == Size.Huge) return new Bound.Huge($"item of '{creation.Type!.Name}'");
        var copied = creation.Arguments.FirstOrDefault(a => a.Value.Plain().Type.IsSequence());
        var start = copied is null ? Literal(0) : Of(copied.Value, step);
        return creation.Initializer is { } initializer ? start.Plus(Literal(initializer.Initializers.Length)) : start;
    }

    private static Bound.AtMost Literal(int count) => new(count, "a literal");
}

/// <summary>Where the search for a source stands: whose locals it reads, how many methods it may still enter, how far it may still go.</summary>
internal readonly record struct Step(ValueScope Scope, int Hops, int Depth)
{
    public Step Down() => this with { Depth = Depth - 1 };

    public Step Enter(ValueScope inner) => new(inner, Hops - 1, Depth - 1);
}
