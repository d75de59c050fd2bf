using ExecutionModel.Engine;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers;

/// <summary>
/// One member, as a rule meets it. Binding a body and making its operations costs more than all rules together, and its words alone turn most members away: it is
/// done when the first rule asks for <see cref="Body"/>.
/// </summary>
public readonly struct MemberContext
{
    private readonly CodeBlockAnalysisContext context;
    private readonly ProgramModel model;
    private readonly MemberParts parts;

    private MemberContext(CodeBlockAnalysisContext context, ProgramModel model, MemberParts parts) => (this.context, this.model, this.parts) = (context, model, parts);

    public ISymbol Member => context.OwningSymbol;

    /// <summary>Its body, or the initializer of a field.</summary>
    public SyntaxNode Syntax => parts.Body;

    public SyntaxTree Tree => parts.Body.SyntaxTree;

    public AnalyzerOptions Options => context.Options;

    public Compilation Compilation => context.SemanticModel.Compilation;

    public CancellationToken CancellationToken => context.CancellationToken;

    /// <summary>Walked by whoever asks first.</summary>
    public FlatBody Body => model.BodyOf(Member, parts, context.SemanticModel, CancellationToken);

    /// <summary>Rules see neither generated code nor, unless asked for, tests: there things are done in turn, at once and without an end on purpose.</summary>
    public static void Register(CompilationStartAnalysisContext start, ProgramModel model, Action<MemberContext> examine) => start.RegisterCodeBlockAction(code =>
    {
        if (code.IsGeneratedCode || model.PartsOf(code.CodeBlock, code.OwningSymbol, out var isTest) is not { } parts) return;
        if (!isTest || RuleOptions.AnalyzeTests.Read(code.Options, parts.Body.SyntaxTree)) examine(new MemberContext(code, model, parts));
    });

    /// <summary>The cheapest question about a member, asked of its pieces before they are bound.</summary>
    public bool Any(Func<SyntaxNode, bool> may) => may(parts.Body) || parts.Before is { } before && may(before);

    /// <summary>One of the words stands as the name of something called or made there.</summary>
    public bool Writes(WordSet words) => Writes(parts.Body, words) || parts.Before is { } before && Writes(before, words);

    public bool Has(Signal signal, int enough = 1) => model.Signals.Has(Tree, parts.Body.Span, signal, enough) || parts.Before is { } before && model.Signals.Has(Tree, before.Span, signal, enough);

    public void Report(Diagnostic diagnostic) => context.ReportDiagnostic(diagnostic);

    private bool Writes(SyntaxNode part, WordSet words) => model.Words.HasAny(Tree, part.Span, words);
}
