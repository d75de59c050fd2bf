using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Races;
using ExecutionModel.Engine.Roslyn;
using ExecutionModel.Engine.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine;

/// <summary>
/// The Engine's front door: what is known about one compilation. Every rule gets the same instance; its parts are made on first use and are safe to ask
/// from any thread. The table that finds it holds neither the compilation nor its symbols alive.
/// </summary>
public sealed class ProgramModel
{
    private static readonly ConditionalWeakTable<Compilation, ProgramModel> Models = new();
    private readonly ConditionalWeakTable<SyntaxNode, FlatBody> bodies = new();
    private readonly ConditionalWeakTable<FlatBody, IReadOnlyList<ConcurrentBody>> concurrent = new();
    private readonly LastMembers members;
    private readonly Lazy<CallWords> words;
    private readonly Lazy<HeavyReach> heavyReach;
    private readonly Lazy<QueryFiles> queryFiles;

    private ProgramModel(Compilation compilation, AnalyzerOptions options)
    {
        Compilation = compilation;
        Types = new KnownTypes(compilation);
        UserCatalogue = UserCatalogue.Read(options);
        Catalogue = new Catalogue(UserCatalogue.Entries);
        words = new(() => CallWords.For(Catalogue.Types));
        Signals = new TextSignals(words);
        SourceBodies = new SourceBodies(compilation);
        Routes = new RouteHandlers(this);
        App = new AppModel(this, options);
        Immutability = new Immutability(Catalogue);
        Roots = new Roots(Catalogue, new Freshness(this));
        Implementations = new Implementations(compilation);
        Services = new ServiceReach(Catalogue, Implementations, SourceBodies, new Registrations(compilation, SourceBodies), Steady);
        Summaries = new Summaries(this);
        Calls = new CallKnowledge(this);
        Providers = new DatabaseProviders(compilation);
        Blocking = new BlockingCalls(this);
        Counterparts = new AsyncCounterparts(this);
        Memoization = new Memoization(Catalogue);
        BlockingPaths = new BlockingPaths(this);
        queryFiles = new(() => new QueryFiles(this));
        heavyReach = new(() => new HeavyReach(this));
        Costs = new CostModel(this, HeavyShape.Nested);
        ProvedCosts = new CostModel(this, HeavyShape.Counted);
        Quick = new QuickWork(this);
        Independence = new Independence(this);
        Loops = new LoopIndependence(this);
        Turns = new TurnIndependence(this);
        Requests = new RepeatedRequests(this);
        members = new LastMembers(this);
    }

    public Compilation Compilation { get; }
    public KnownTypes Types { get; }
    public UserCatalogue UserCatalogue { get; }
    public Catalogue Catalogue { get; }
    public TextSignals Signals { get; }
    public CallWords Words => words.Value;
    public SourceBodies SourceBodies { get; }
    public AppModel App { get; }
    public Immutability Immutability { get; }
    public Roots Roots { get; }
    public Implementations Implementations { get; }
    public ServiceReach Services { get; }
    internal SteadyFields Steady { get; } = new();
    public Summaries Summaries { get; }
    public CallKnowledge Calls { get; }
    public DatabaseProviders Providers { get; }
    public BlockingCalls Blocking { get; }
    public AsyncCounterparts Counterparts { get; }
    internal Memoization Memoization { get; }
    public BlockingPaths BlockingPaths { get; }
    public CostModel Costs { get; }

    /// <summary>As <see cref="Costs"/>, where only certain findings count.</summary>
    public CostModel ProvedCosts { get; }

    public QuickWork Quick { get; }

    public Independence Independence { get; }
    public LoopIndependence Loops { get; }
    public TurnIndependence Turns { get; }
    internal RouteHandlers Routes { get; }
    internal HeavyReach HeavyReach => heavyReach.Value;
    internal QueryFiles QueryFiles => queryFiles.Value;
    public RepeatedRequests Requests { get; }

    /// <summary>
    /// The costs that count for a member: of library code, whose caller decides where it computes, only what is proved. Null where, from text and syntax alone,
    /// nothing in it can be heavy: who runs the member is asked of the few that are left, and of nobody where no framework is in sight.
    /// </summary>
    public CostModel? CostsOf(IMethodSymbol member, SyntaxNode body)
    {
        if (App.KnowsHosts && !Costs.MayBeHeavy(member)) return null;
        var costs = App.Application == Host.Unstated && App.HostOf(member) == Host.Unstated && !Signals.Has(body.SyntaxTree, body.Span, Signal.Map) ? ProvedCosts : Costs;
        return costs.MayBeHeavy(member) ? costs : null;
    }

    public static ProgramModel For(Compilation compilation, AnalyzerOptions options) =>
        Models.GetValue(compilation, c => new ProgramModel(c, options));

    /// <summary>The pieces of a member; null where nothing runs, or nothing that a rule speaks of.</summary>
    /// <param name="isTest">It belongs to a test, a benchmark or a migration.</param>
    public MemberParts? PartsOf(SyntaxNode declaration, ISymbol member, out bool isTest) => members.PartsOf(declaration, member, out isTest);

    /// <summary>The body of a member, bound and walked by whoever asks first.</summary>
    public FlatBody BodyOf(ISymbol member, MemberParts parts, SemanticModel semantics, CancellationToken cancellation) =>
        bodies.TryGetValue(parts.Body, out var known) ? known : Walked(member, parts, semantics, cancellation);

    private FlatBody Walked(ISymbol member, MemberParts parts, SemanticModel semantics, CancellationToken cancellation)
    {
        var blocks = new[] { parts.Before, parts.Body }.OfType<SyntaxNode>().Select(p => semantics.GetOperation(p, cancellation)).OfType<IOperation>().ToList();
        return bodies.GetValue(parts.Body, _ => FlatBody.Of(member, blocks));
    }

    /// <summary>The functions of a body that run at once, found by whoever asks first.</summary>
    public IReadOnlyList<ConcurrentBody> ConcurrentIn(FlatBody body) => concurrent.GetValue(body, b => ConcurrentBodies.In(this, b));
}
