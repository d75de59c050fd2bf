using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// What stands between a point, such as the first await of a group, and the await looked at, piece by piece. A piece stays, and then runs after what is
/// started early, or it is a declaration that a later start needs and moves up, before all of them.
/// </summary>
/// <param name="index">The statement with that point.</param>
/// <param name="after">What ends there; null for the start of the statement.</param>
/// <param name="inPlace">Calls that hand computing to another lane, and their awaits: they count as if they computed here.</param>
internal sealed class Interlude(ProgramModel model, StraightLine line, int index, IOperation? after, ISet<IOperation>? inPlace = null)
{
    private readonly List<Piece> pieces = [];
    private readonly List<Piece> moved = [];
    private (int Index, IOperation? After) reached = (index, after);

    /// <summary>Likely where one of the pieces is understood by its name, or shows the user how far the work is.</summary>
    public Confidence Confidence { get; private set; } = Confidence.Certain;

    /// <summary>Something moves up for the call asked for last.</summary>
    public bool Moves => moved.Count > 0;

    public IEnumerable<IOperation> Hoisted => pieces.Where(p => p.MovesUp).Select(p => p.Whole!).OrderBy(o => o.Syntax.SpanStart);

    /// <summary>Goes on to an await. Null, or why nothing may be started across what was passed.</summary>
    public string? Reach(AwaitSite site)
    {
        if (ReferenceEquals(site.Await, reached.After)) return null;
        var last = reached;
        reached = (site.Index, site.Await);
        if (site.Index == last.Index) return Pass(last.Index, last.After, site.Await);
        if (Pass(last.Index, last.After, null) is { } tail) return tail;
        for (var i = last.Index + 1; i < site.Index; i++)
        {
            if (Pass(i, null, null) is { } obstacle) return obstacle;
        }

        return Pass(site.Index, null, site.Await);
    }

    /// <summary>The await reached stays behind: later ones are started before it.</summary>
    public string? Leave(AwaitedCall call)
    {
        if (!call.MayStay) return "another await in between";
        if (call.Fixed is not null) return "a check in between";
        if (call.Confidence == Confidence.Likely) Confidence = Confidence.Likely;
        pieces.Add(new Piece(null, [.. call.Start, .. call.Run], call.Site.Await.Syntax.SpanStart));
        return null;
    }

    /// <summary>
    /// Marks the declarations that must move up for a call with these effects of its start, and adds what they read to <paramref name="start"/>.
    /// Null, or why one of them can't move.
    /// </summary>
    /// <param name="effectsBefore">Effects of the group's calls that are made before a position.</param>
    public string? MoveUp(ref IReadOnlyCollection<Effect> start, Func<int, IEnumerable<IReadOnlyCollection<Effect>>> effectsBefore)
    {
        var needed = new HashSet<ISymbol>(Variables(start), SymbolEqualityComparer.Default);
        moved.Clear();
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            var piece = pieces[i];
            if (piece.MovesUp || !needed.Any(piece.Declares)) continue;
            if (!piece.IsMovable) return "the call needs a value that is computed in between";
            moved.Add(piece);
            needed.UnionWith(Variables(piece.Effects));
            if (pieces.Take(i).Any(p => !p.MovesUp && !needed.Any(p.Declares) && Commutation.Conflict(p.Effects, piece.Effects) is not null)
                || effectsBefore(piece.Position).Any(r => Commutation.Conflict(r, piece.Effects) is not null))
                return "the call needs a value that depends on an earlier one";
        }

        foreach (var piece in moved) piece.MovesUp = true;
        start = [.. start, .. moved.SelectMany(p => p.Effects).Where(e => e.Access == Access.Read)];
        return null;
    }

    /// <summary>The call does not join after all: what moved for it stays.</summary>
    public void PutBack()
    {
        foreach (var piece in moved) piece.MovesUp = false;
        moved.Clear();
    }

    /// <summary>Where a call that is started early meets a piece that stays.</summary>
    public Place? Meets(IReadOnlyCollection<Effect> effects)
    {
        foreach (var piece in pieces)
        {
            if (!piece.MovesUp && Commutation.Conflict(piece.Effects, effects) is { } place) return place;
        }

        return null;
    }

    private string? Pass(int index, IOperation? after, IOperation? until)
    {
        var statement = line.Statements[index];
        var walker = new EffectWalker(model, Summaries.Depth - 1);
        EvaluationOrder.Visit(statement, after, until, walker, inPlace);
        if (walker.Obstacle is { } obstacle) return $"in between: {obstacle}";
        if (walker.Guards) return "a check in between";
        if (walker.Waiting is not (Waiting.Memory or Waiting.Unstated) && !(walker.Waiting == Waiting.AsyncIo && line.Nested.Contains(index))) return "something waits in between";
        if (walker.Writes || walker.Effects.Any(e => e is { Access: not Access.Read, Place: { Kind: PlaceKind.External, Channel: Channel.Ambient or Channel.Clock or Channel.Console } })) return "something is written in between";
        if (walker.ChangesSafe) return "something that others watch changes in between";
        if (walker.Likely || walker.Effects.Any(ShowsTheUser)) Confidence = Confidence.Likely;
        pieces.Add(new Piece(after is null && until is null ? statement : null, walker.Effects, statement.Syntax.SpanStart));
        return null;
    }

    private bool ShowsTheUser(Effect effect) =>
        effect is { Access: Access.Write, Place: { Kind: PlaceKind.Member, Symbol: { } member } } && model.Catalogue.Of(member.ContainingType)?.Host == Host.Ui;

    private static IEnumerable<ISymbol> Variables(IEnumerable<Effect> effects) => effects.Where(e => e.Place.Kind == PlaceKind.Variable).Select(e => e.Place.Symbol!);

    /// <param name="whole">The statement; null for a part of one, and for an await.</param>
    private sealed class Piece(IOperation? whole, IReadOnlyCollection<Effect> effects, int position)
    {
        public IOperation? Whole => whole;

        public IReadOnlyCollection<Effect> Effects => effects;

        public int Position => position;

        public bool MovesUp { get; set; }

        /// <summary>It only reads, apart from the variables that it declares.</summary>
        public bool IsMovable =>
            whole is IVariableDeclarationGroupOperation && effects.All(e => e.Access == Access.Read || (e.Place.Kind == PlaceKind.Variable && Declares(e.Place.Symbol!)))
            && !whole.Descendants().Any(o => o is IAwaitOperation);

        public bool Declares(ISymbol variable) =>
            whole is not null && variable is ILocalSymbol && variable.DeclaringSyntaxReferences.Length > 0 && whole.Syntax.Span.Contains(variable.DeclaringSyntaxReferences[0].Span);
    }
}
