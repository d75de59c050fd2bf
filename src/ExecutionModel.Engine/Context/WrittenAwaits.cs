using ExecutionModel.Engine.Effects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// What the syntax around awaits says, before anything is bound: most members with awaits hold nothing for a rule, and binding them would be most of what the
/// rules cost. A yes may be wrong, a no never is.
/// </summary>
public static class WrittenAwaits
{
    private static readonly string[] Exits = ["return", "throw", "yield"];

    /// <summary>Two calls are awaited in one list of statements, nothing leaves the list between them, and the later one does not name what the earlier one gave.</summary>
    public static bool MayHoldPair(ProgramModel model, SyntaxNode body)
    {
        Dictionary<SyntaxNode, List<AwaitExpressionSyntax>>? lists = null;
        foreach (var wait in In(model, body))
        {
            if (ListOf(wait) is not { } list) continue;
            lists ??= [];
            if (!lists.TryGetValue(list, out var there)) lists.Add(list, there = []);
            there.Add(wait);
        }

        return lists?.Any(l => l.Value.Count > 1 && MayHoldPair(l.Key, l.Value)) == true;
    }

    /// <summary><c>x += await F()</c> or <c>x = x + await F()</c>: the old value is read before the wait. What is declared around it no other caller sees.</summary>
    public static bool MayTear(ProgramModel model, SyntaxNode body) =>
        In(model, body).Any(wait => wait.Ancestors().TakeWhile(a => a is not (StatementSyntax or AnonymousFunctionExpressionSyntax)).Any(a => a is AssignmentExpressionSyntax update && (!update.IsKind(SyntaxKind.SimpleAssignmentExpression) || Bare(update.Right) is BinaryExpressionSyntax) && !IsDeclaredAround(update.Left)));

    /// <summary>An await stands in a loop of its function.</summary>
    public static bool MayRepeat(ProgramModel model, SyntaxNode body) =>
        In(model, body).Any(wait => wait.Ancestors().TakeWhile(a => a != body.Parent && a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(a => a is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax));

    /// <summary>A local of a block that the name stands in, further down than its declaration: a no may be wrong, a yes never is.</summary>
    private static bool IsDeclaredAround(ExpressionSyntax variable)
    {
        if (variable is not IdentifierNameSyntax { Identifier.ValueText: var name }) return false;
        return variable.Ancestors().Any(a => a is BlockSyntax block && block.Statements.TakeWhile(s => s.SpanStart < variable.SpanStart).Any(s => s is LocalDeclarationStatementSyntax locals && locals.Declaration.Variables.Any(v => v.Identifier.ValueText == name)));
    }

    private static IEnumerable<AwaitExpressionSyntax> In(ProgramModel model, SyntaxNode body)
    {
        foreach (var position in model.Signals.In(body.SyntaxTree, body.Span, Signal.Await))
        {
            if (body.FindToken(position) is { Parent: AwaitExpressionSyntax wait }) yield return wait;
        }
    }

    /// <summary>The list of statements that runs the await directly; of a function without braces its expression.</summary>
    private static SyntaxNode? ListOf(AwaitExpressionSyntax wait)
    {
        SyntaxNode child = wait;
        for (var parent = wait.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax or SwitchSectionSyntax:
                    return parent;
                case GlobalStatementSyntax top:
                    return top.Parent;
                case BlockSyntax { Parent: not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax) }:
                    return parent;
                case EqualsValueClauseSyntax { Parent: not VariableDeclaratorSyntax }:
                    return null;
            }
        }

        return null;
    }

    private static bool MayHoldPair(SyntaxNode list, IEnumerable<AwaitExpressionSyntax> written)
    {
        var statements = StatementsOf(list).ToList();
        var waits = written.OrderBy(w => w.Span.End).ThenByDescending(w => w.SpanStart).ToList(); // as they are evaluated
        var places = new int[waits.Count];
        for (int i = 0, at = 0; i < places.Length; i++)
        {
            while (at < statements.Count && statements[at].Span.End < waits[i].Span.End) at++;
            if (at == statements.Count || !statements[at].Span.Contains(waits[i].Span)) return true; // it stands beside the statements
            places[i] = at;
        }

        for (var first = 0; first < places.Length - 1; first++)
        {
            if (MayBegin(first)) return true;
        }

        return false;

        bool MayBegin(int first)
        {
            if (CallOf(waits[first]) is null) return false;
            var (given, seen) = (new HashSet<string>(StringComparer.Ordinal), places[first]);
            Give(statements[seen], given);
            for (var later = first + 1; later < waits.Count && later - first < Independence.LookAhead; later++)
            {
                for (; seen < places[later]; seen++)
                {
                    if (Leaves(statements[seen])) return false;
                    if (Names(statements[seen], given)) Give(statements[seen], given);
                }

                if (CallOf(waits[later]) is not { } call) return false;
                if (!call.Span.Contains(waits[first].Span) && !Names(call, given)) return true;
                Give(statements[seen], given);
            }

            return false;
        }
    }

    /// <summary>Null where something else than a call is awaited: nothing moves across it.</summary>
    private static InvocationExpressionSyntax? CallOf(AwaitExpressionSyntax wait) => Bare(wait.Expression) as InvocationExpressionSyntax;

    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        CastExpressionSyntax cast => Bare(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Bare(sure.Operand),
        _ => expression,
    };

    private static IEnumerable<SyntaxNode> StatementsOf(SyntaxNode list) => list switch
    {
        BlockSyntax block => Unfolded(block.Statements),
        SwitchSectionSyntax section => Unfolded(section.Statements),
        CompilationUnitSyntax program => Unfolded(program.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement)),
        _ => [list],
    };

    private static IEnumerable<SyntaxNode> Unfolded(IEnumerable<StatementSyntax> statements) => statements.SelectMany(s => s is BlockSyntax inner ? Unfolded(inner.Statements) : [s]);

    /// <summary>What the statement declares or assigns to. Of a plain one that is what stands on its left: an <c>out var</c> may be missed, which makes a yes wrong, never a no.</summary>
    private static void Give(SyntaxNode statement, HashSet<string> names)
    {
        switch (statement)
        {
            case LocalDeclarationStatementSyntax locals:
                foreach (var local in locals.Declaration.Variables) names.Add(local.Identifier.ValueText);
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } }:
                names.Add(target.Identifier.ValueText);
                break;
            case ExpressionStatementSyntax { Expression: AwaitExpressionSyntax or InvocationExpressionSyntax }:
                break;
            default:
                foreach (var node in statement.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax)) GiveBy(node, names);
                break;
        }
    }

    private static void GiveBy(SyntaxNode node, HashSet<string> names)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax declared:
                names.Add(declared.Identifier.ValueText);
                break;
            case SingleVariableDesignationSyntax declared:
                names.Add(declared.Identifier.ValueText);
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target }:
                names.Add(target.Identifier.ValueText);
                break;
            case AssignmentExpressionSyntax { Left: TupleExpressionSyntax targets }:
                foreach (var target in targets.Arguments)
                {
                    if (target.Expression is IdentifierNameSyntax name) names.Add(name.Identifier.ValueText);
                }

                break;
        }
    }

    private static bool Names(SyntaxNode code, HashSet<string> names) =>
        names.Count > 0 && Writes(code, names) && code.DescendantNodesAndSelf().Any(n => n is IdentifierNameSyntax name && names.Contains(name.Identifier.ValueText) && IsValue(name));

    /// <summary>The text alone, which is there before its nodes are.</summary>
    private static bool Writes(SyntaxNode code, IEnumerable<string> words)
    {
        var text = code.SyntaxTree.GetText().ToString(code.Span);
        foreach (var word in words)
        {
            if (text.IndexOf(word, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }

    /// <summary>Not the name of a member, of an argument or of a property.</summary>
    private static bool IsValue(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access ? access.Expression == name : name.Parent is not (MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax);

    private static bool Leaves(SyntaxNode statement) =>
        Writes(statement, Exits) && statement.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(n => n is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or YieldStatementSyntax);
}
