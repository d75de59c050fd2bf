using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Costs;

/// <summary>Says from text and syntax alone which methods could be heavy: by their own shape, or because they call, by name, such a method.</summary>
internal sealed class HeavyReach
{
    private static readonly NameReach.Kept CallersOfCounted = new(CostModel.Reach);
    private static readonly NameReach.Kept CallersOfNested = new(CostModel.Reach);

    private readonly HeavyShapes shapes;
    private readonly NameReach[] names;

    /// <summary>Marks of other projects can't be seen by name: then every body may be heavy. Packages describe themselves by a catalogue.</summary>
    private readonly Lazy<bool> marksElsewhere;

    public HeavyReach(ProgramModel model)
    {
        shapes = new HeavyShapes(model);
        names = [Reach(HeavyShape.Counted, CallersOfCounted), Reach(HeavyShape.Nested, CallersOfNested)];
        marksElsewhere = new(() => model.Implementations.AnyProjectNames("CpuBoundAttribute"));

        NameReach Reach(HeavyShape shape, NameReach.Kept callers) => new(model, callers, tree => shapes.In(tree, shape), code => shapes.Of(code) <= shape, code => shapes.OfItself(code) <= shape);
    }

    /// <summary>The method, or what it calls within so many source calls, has the shape or a surer one.</summary>
    public bool May(IMethodSymbol method, int reach, HeavyShape shape) => names[(int)shape].May(method, reach) || marksElsewhere.Value;

    /// <summary>As <see cref="May"/>, for a piece of a body.</summary>
    public bool MayIn(SyntaxNode piece, int reach, HeavyShape shape) => names[(int)shape].May(piece, reach) || marksElsewhere.Value;

    /// <summary>As <see cref="May"/>, for what a call runs at once.</summary>
    public bool MayWhenCalled(IMethodSymbol method, int reach, HeavyShape shape) =>
        (names[(int)shape].MayWhenCalled(method, reach) || marksElsewhere.Value) && !method.DeclaringSyntaxReferences.Any(r => shapes.Yields(r.GetSyntax()));
}
