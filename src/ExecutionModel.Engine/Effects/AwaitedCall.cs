using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>What is known of one awaited call, each answer computed when first asked for.</summary>
internal sealed class AwaitedCall(ProgramModel model, AwaitSite site, Frame frame)
{
    private HashSet<ILocalSymbol>? mentions;
    private bool isVetoed;
    private bool isSummarised;
    private bool awaitsInside;
    private string? veto;
    private string? unfit;
    private Summary? summary;
    private EffectWalker? starting;
    private EffectWalker? running;

    public AwaitSite Site => site;

    public Summary Summary => summary ??= model.Calls.SummaryOf(site.Call);

    /// <summary>What shape and name alone rule out: asked before any body is looked at.</summary>
    public string? Veto
    {
        get
        {
            if (!isVetoed) veto = FindVeto();
            isVetoed = true;
            return veto;
        }
    }

    /// <summary>Why what the call does forbids that it is started early; null: it is a read that waits for I/O.</summary>
    public string? Unfit
    {
        get
        {
            if (!isSummarised) unfit = Summarise();
            isSummarised = true;
            return unfit;
        }
    }

    /// <summary>It can be left between others that are started early: it reads, or completes in memory, and is no check that they rely on.</summary>
    public bool MayStay =>
        (Veto is null || model.Catalogue.Of(site.Call.TargetMethod)?.Waiting == Waiting.Memory)
        && Summary is { Guards: false, Writes: false, Confidence: not Confidence.Unknown, Waiting: Waiting.AsyncIo or Waiting.Memory } known
        && !known.Effects.Any(e => e.ChangesTheWorld);

    /// <summary>The effects of evaluating receiver and arguments.</summary>
    public IReadOnlyCollection<Effect> Start => Starting().Effects;

    /// <summary>Why receiver and arguments must be evaluated where they stand; null where they may move.</summary>
    public string? Fixed => Starting() switch
    {
        { Obstacle: { } obstacle } => $"in its operands: {obstacle}",
        { Guards: true } => "a check in its operands",
        _ => null,
    };

    /// <summary>The effects of the call in flight.</summary>
    public IReadOnlyCollection<Effect> Run => Running().Obstacle is null ? Running().Effects : [.. Running().Effects, .. Summary.Effects];

    public Confidence Confidence => Running() is { Likely: true } && Summary.Confidence == Confidence.Certain ? Confidence.Likely : Summary.Confidence;

    /// <summary>The locals that receive the result.</summary>
    public IEnumerable<ILocalSymbol> Fills => FilledBy(site.Await);

    /// <summary>The same for any other value.</summary>
    public static IEnumerable<ILocalSymbol> FilledBy(IOperation value)
    {
        for (IOperation? o = value; o is not null; o = o.Parent)
        {
            if (o is IVariableDeclaratorOperation declarator) yield return declarator.Symbol;
            else if (o is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target }) yield return target.Local;
        }
    }

    /// <summary>The cheapest veto: an operand awaits, or mentions a local that an await before it fills.</summary>
    public bool Needs(HashSet<ILocalSymbol> filled)
    {
        if (mentions is null)
        {
            mentions = new(SymbolEqualityComparer.Default);
            foreach (var operation in site.Call.Descendants())
            {
                if (operation is ILocalReferenceOperation local) mentions.Add(local.Local);
                awaitsInside |= operation is IAwaitOperation;
            }
        }

        return awaitsInside || mentions.Overlaps(filled);
    }

    private EffectWalker Starting()
    {
        if (starting is not null) return starting;
        starting = new EffectWalker(model, Summaries.Depth - 1);
        foreach (var child in site.Call.ChildOperations) starting.Tree(child);
        return starting;
    }

    private EffectWalker Running()
    {
        if (running is not null) return running;
        running = new EffectWalker(model, Summaries.Depth - 1);
        running.Call(site.Call);
        return running;
    }

    private string? FindVeto()
    {
        var method = site.Call.TargetMethod;
        if (!model.Types.IsTaskLike(site.Call.Type)) return "not a task";
        if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, frame.Method?.OriginalDefinition)) return "recursion";
        foreach (var argument in site.Call.Arguments)
        {
            if (argument.Parameter?.RefKind is not (null or RefKind.None)) return "an argument is passed by reference";
        }

        if (model.Catalogue.Of(method) is { } facts)
        {
            if (facts.Waiting != Waiting.Unstated && facts.Waiting != Waiting.AsyncIo) return $"'{method.Name}' waits for no I/O ({facts.Waiting})";
            return facts is { Waiting: Waiting.AsyncIo, Touch: Touch.Write } ? $"'{method.Name}' writes" : null;
        }

        if (site.IsResultUnused) return $"the result of '{method.Name}' is not used";
        var kind = CallNames.Kind(method.Name, (site.Call.Instance?.Type ?? method.ContainingType).Name);
        return kind is NameKind.Read or NameKind.Neutral || Annotations.Of(method) != Annotations.None ? null : $"'{method.Name}' is no plain read, by its name";
    }

    private string? Summarise()
    {
        var method = site.Call.TargetMethod;
        if (Summary.Confidence == Confidence.Unknown) return Summary.Obstacle ?? method.Name;
        if (Summary.Guards) return $"'{method.Name}' is a check";
        if (Summary.Waiting != Waiting.AsyncIo) return $"'{method.Name}' waits for no I/O ({Summary.Waiting})";
        if (Summary.Writes) return $"'{method.Name}' writes";
        foreach (var effect in Summary.Effects)
        {
            if (effect.ChangesTheWorld) return $"'{method.Name}' writes to {effect.Place}";
        }

        if (site.IsResultUnused) summary = Summary with { Confidence = Confidence.Likely };
        return null;
    }
}
