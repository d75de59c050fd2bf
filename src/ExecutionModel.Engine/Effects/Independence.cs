using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Awaits of one straight line that may all be started before the first is awaited.</summary>
/// <param name="Sites">In source order, two or more.</param>
/// <param name="Hoisted">Declarations between them that later starts need; they move above the first start.</param>
/// <param name="Summaries">What each call does, in the order of the sites.</param>
/// <param name="StartsSafely">No start but the first can throw before it returns its task.</param>
public sealed record IndependentGroup(ImmutableArray<AwaitSite> Sites, ImmutableArray<IOperation> Hoisted, ImmutableArray<Summary> Summaries, Confidence Confidence, bool StartsSafely);

/// <summary>
/// Decides which awaits of a straight line depend on each other. A call that is not understood is a conflict. Cheap questions come first: data flow through
/// locals and vetoes by name turn most pairs away before any other body is looked at.
/// </summary>
public sealed class Independence(ProgramModel model)
{
    /// <summary>Pairs are checked one by one, so the group is bounded to keep the work linear.</summary>
    private const int LargestGroup = 64;

    /// <param name="dropped">Told each pair that was given up, with the obstacle.</param>
    public IEnumerable<IndependentGroup> GroupsOf(StraightLine line, Frame frame, Action<AwaitSite, string>? dropped)
    {
        for (var i = 0; i < line.Sites.Count - 1;)
        {
            var group = new Builder(model, this, line, frame, line.Sites[i]);
            var next = i + 1;
            while (next < line.Sites.Count && next - i < LargestGroup)
            {
                if (group.Add(line.Sites[next]) is { } obstacle)
                {
                    dropped?.Invoke(line.Sites[next], obstacle);
                    break;
                }

                next++;
            }

            if (group.Build() is { } found) yield return found;
            i = next;
        }
    }

    /// <summary>What shape and name alone rule out: asked before any body is looked at.</summary>
    private string? Veto(AwaitSite site, Frame frame)
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

    /// <summary>What the call does, if that lets it take part; else the reason why not.</summary>
    private string? Summarise(AwaitSite site, out Summary summary)
    {
        var method = site.Call.TargetMethod;
        summary = model.Calls.SummaryOf(site.Call);
        if (summary.Confidence == Confidence.Unknown) return summary.Obstacle ?? method.Name;
        if (summary.Guards) return $"'{method.Name}' is a check";
        if (summary.Waiting != Waiting.AsyncIo) return $"'{method.Name}' waits for no I/O ({summary.Waiting})";
        if (summary.Writes) return $"'{method.Name}' writes";
        foreach (var effect in summary.Effects)
        {
            if (effect.ChangesTheWorld) return $"'{method.Name}' writes to {effect.Place}";
        }

        if (site.IsResultUnused) summary = summary with { Confidence = Confidence.Likely };
        return null;
    }

    /// <summary>Grows one group from its first await.</summary>
    private sealed class Builder(ProgramModel model, Independence owner, StraightLine line, Frame frame, AwaitSite first)
    {
        private readonly List<(AwaitSite Site, Summary Summary, IReadOnlyCollection<Effect> Start, IReadOnlyCollection<Effect> Run)> members = [];
        private readonly List<Effect> between = [];
        private readonly List<IOperation> hoisted = [];
        private IReadOnlyCollection<Effect> before = [];
        private Confidence confidence = Confidence.Certain;
        private bool startsSafely = true;

        private EffectWalker Walker => new(model, Summaries.Depth - 1);

        public string? Add(AwaitSite site)
        {
            var last = members.Count == 0 ? first : members[members.Count - 1].Site;
            for (var i = last.Index; i <= site.Index; i++)
            {
                if (line.Opaque.Contains(i)) return "another await in between";
            }

            if (ReadsResultOf(last, site)) return "needs the result before it";
            if (members.Count == 0 && owner.Veto(first, frame) is { } early) return early;
            if (owner.Veto(site, frame) is { } veto) return veto;
            for (var i = last.Index + 1; i < site.Index; i++)
            {
                if (Leaves(line.Statements[i])) return "control may leave in between";
            }

            if (members.Count == 0 && Begin() is { } obstacle) return obstacle;
            if (owner.Summarise(site, out var summary) is { } ineligible) return ineligible;
            return Join(site, last, summary);
        }

        public IndependentGroup? Build() => members.Count < 2 ? null : new(
            [.. members.Select(m => m.Site)], [.. hoisted.OrderBy(h => h.Syntax.SpanStart)], [.. members.Select(m => m.Summary)], confidence, startsSafely);

        private string? Begin()
        {
            if (Regions.Holding(frame, first.Await, model.Catalogue) is { } region) return region;
            if (owner.Summarise(first, out var summary) is { } ineligible) return ineligible;
            var walker = Walker;
            EvaluationOrder.Visit(line.Statements[first.Index], after: null, until: first.Await, walker);
            if (walker.Obstacle is not null || walker.Guards || walker.Effects.Any(e => e.Access != Access.Read)) return "something runs before the first call in its statement";
            before = walker.Effects;
            var (start, run) = EffectsOf(first);
            if (Commutation.Conflict(before, run) is { } place) return $"{place} is read before the first call and changed by it";
            members.Add((first, summary, start, run));
            confidence = Weigh(first, summary);
            return null;
        }

        private string? Join(AwaitSite site, AwaitSite last, Summary summary)
        {
            var (start, run) = EffectsOf(site);
            var moved = new List<IOperation>();
            var needed = new HashSet<ISymbol>(start.Where(e => e.Place.Kind == PlaceKind.Variable).Select(e => e.Place.Symbol!), SymbolEqualityComparer.Default);
            var stay = new List<Effect>();
            if (site.Index == last.Index)
            {
                if (Stays(line.Statements[site.Index], last.Await, site.Await) is { } inside) return inside;
            }
            else
            {
                if (Stays(line.Statements[site.Index], null, site.Await) is { } head) return head;
                for (var i = site.Index - 1; i > last.Index; i--)
                {
                    var statement = line.Statements[i];
                    if (Needed(statement, needed))
                    {
                        var walker = Walker;
                        walker.Tree(statement);
                        if (walker.Obstacle is not null || walker.Guards || walker.Effects.Any(e => e.Access != Access.Read && !(e.Place.Kind == PlaceKind.Variable && needed.Contains(e.Place.Symbol!))))
                            return "the call needs a value that is computed in between";
                        moved.Add(statement);
                        foreach (var effect in walker.Effects)
                        {
                            if (effect.Place.Kind == PlaceKind.Variable) needed.Add(effect.Place.Symbol!);
                        }

                        if (Commutation.Conflict(walker.Effects, between) is not null || members.Any(m => Commutation.Conflict(walker.Effects, m.Run) is not null)) return "the call needs a value that depends on an earlier one";
                        start = [.. start, .. walker.Effects.Where(e => e.Access == Access.Read)];
                        continue;
                    }

                    if (Stays(statement, null, null) is { } obstacle) return obstacle;
                }

                if (Stays(line.Statements[last.Index], last.Await, null) is { } tail) return tail;
            }

            // Variables that moved along with their declaration are no longer written in between.
            start = [.. start.Where(e => !(e.Place.Kind == PlaceKind.Variable && moved.Any(m => Declares(m, e.Place.Symbol!))))];
            IReadOnlyCollection<Effect> all = [.. start, .. run];
            if (Commutation.Conflict([.. between, .. stay], all) is { } met) return $"{met} is used in between";
            if (Commutation.Conflict(before, run) is { } early) return $"{early} is read before the first call";
            foreach (var member in members)
            {
                if (Commutation.Conflict(member.Run, all) is { } shared) return Describe(shared);
                if (Commutation.Conflict(member.Start, run) is { } place) return Describe(place);
            }

            between.AddRange(stay);
            hoisted.AddRange(moved);
            members.Add((site, summary, start, run));
            var weight = Weigh(site, summary);
            if (summary.ThrowsEarly)
            {
                startsSafely = false;
                weight = Confidence.Likely;
            }

            if (site.Configured != first.Configured) weight = Confidence.Likely;
            if (weight < confidence) confidence = weight;
            return null;

            string? Stays(IOperation statement, IOperation? after, IOperation? until)
            {
                var walker = Walker;
                EvaluationOrder.Visit(statement, after, until, walker);
                if (walker.Obstacle is { } obstacle) return $"in between: {obstacle}";
                if (walker.Exits) return "control may leave in between";
                if (walker.Guards) return "a check in between";
                if (walker.Waiting is not (Waiting.Memory or Waiting.Unstated)) return "something waits in between";
                if (walker.Effects.Any(e => e is { Access: not Access.Read, Place: { Kind: PlaceKind.External, Channel: Channel.Ambient or Channel.Clock } })) return "ambient state changes in between";
                if (walker.Effects.Any(e => e.Access == Access.Write && e.Place is { Kind: PlaceKind.Member, Symbol: { } member } && model.Catalogue.Of(member.ContainingType)?.Host == Host.Ui)) confidence = Confidence.Likely;
                stay.AddRange(walker.Effects);
                return null;
            }
        }

        /// <summary>The effects of evaluating receiver and arguments, and those of the call in flight.</summary>
        private (IReadOnlyCollection<Effect> Start, IReadOnlyCollection<Effect> Run) EffectsOf(AwaitSite site)
        {
            var start = Walker;
            foreach (var child in site.Call.ChildOperations) start.Tree(child);
            var run = Walker;
            run.Call(site.Call);
            return (start.Effects, run.Obstacle is null ? run.Effects : [.. run.Effects, .. model.Calls.SummaryOf(site.Call).Effects]);
        }

        private Confidence Weigh(AwaitSite site, Summary summary)
        {
            if (model.App.HostOf(frame) == Host.Turn) return Confidence.Likely;
            return summary.Effects.Any(e => e.Place is { Kind: PlaceKind.External, Channel: Channel.Cache } && e.Access != Access.Read) ? Confidence.Likely : summary.Confidence;
        }

        private static string Describe(Place place) => place.Kind switch
        {
            PlaceKind.UnitOfWork => $"both use {place}",
            PlaceKind.Variable => $"{place} flows from one to the other",
            _ => $"both use {place}, which one changes or which takes one operation at a time",
        };

        /// <summary>The cheapest veto: a local filled by one await is mentioned in the operands of the next.</summary>
        private static bool ReadsResultOf(AwaitSite last, AwaitSite site)
        {
            foreach (var operation in site.Call.Descendants())
            {
                if (operation is IAwaitOperation) return true;
                if (operation is ILocalReferenceOperation local && local.Local.DeclaringSyntaxReferences.Length > 0
                    && last.Await.Syntax.SyntaxTree == local.Local.DeclaringSyntaxReferences[0].SyntaxTree
                    && local.Local.DeclaringSyntaxReferences[0].Span.Contains(last.Await.Syntax.Span)) return true;
            }

            return false;
        }

        private static bool Leaves(IOperation statement)
        {
            if (statement is IReturnOperation or IBranchOperation) return true;
            foreach (var inner in statement.Descendants())
            {
                if (inner is (IReturnOperation or IBranchOperation or IThrowOperation) && !IsInFunction(inner, statement)) return true;
            }

            return false;
        }

        private static bool IsInFunction(IOperation operation, IOperation statement)
        {
            for (var o = operation.Parent; o is not null && !ReferenceEquals(o, statement); o = o.Parent)
            {
                if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
            }

            return statement is ILocalFunctionOperation;
        }

        private static bool Needed(IOperation statement, HashSet<ISymbol> needed) => statement is IVariableDeclarationGroupOperation && needed.Any(n => Declares(statement, n));

        private static bool Declares(IOperation statement, ISymbol variable) =>
            variable is ILocalSymbol && variable.DeclaringSyntaxReferences.Length > 0 && statement.Syntax.Span.Contains(variable.DeclaringSyntaxReferences[0].Span);
    }
}
