using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>How a path leaves the code between a wait and its release.</summary>
public enum GateLeakKind
{
    /// <summary>By a fault.</summary>
    Throws,

    /// <summary>By a <c>return</c>.</summary>
    Returns,

    /// <summary>By a <c>break</c> or <c>continue</c>.</summary>
    EndsTurn,
}

/// <summary>The place where a path leaves and takes the permit along.</summary>
public sealed record GateLeak(GateLeakKind Kind, IOperation At, Confidence Confidence);

/// <summary>
/// A semaphore that one function waits for and releases, so that it holds the permit in between. Semaphores that signal are something else: the wait and the
/// release stand in different members, or they begin at 0.
/// </summary>
/// <param name="Wait">Takes the permit.</param>
/// <param name="Gate">The semaphore, as code names it.</param>
public sealed record HeldGate(IInvocationOperation Wait, string Gate)
{
    private static readonly WordSet Waits = new(["WaitAsync", "Wait", "WaitOne"]);
    private static readonly WordSet Releases = new(["Release"]);

    /// <summary>A cheap no, from text.</summary>
    public static bool MayStandIn(ProgramModel model, SyntaxNode body)
    {
        var words = model.Words.In(body.SyntaxTree, body.Span);
        return words.HasAny(Releases) && words.HasAny(Waits);
    }

    public static IEnumerable<HeldGate> In(ProgramModel model, Frame frame)
    {
        foreach (var call in frame.Calls)
        {
            if (IsWait(model, call) && NameOf(call.Instance) is { } gate && frame.Calls.Any(c => IsRelease(model, c) && NameOf(c.Instance) == gate)) yield return new HeldGate(call, gate);
        }
    }

    /// <summary>Why the permit may be given back by somebody else; null where nobody else is in sight.</summary>
    public string? Obstacle(ProgramModel model, FlatBody body, Frame frame)
    {
        if (!IsTested(Wait))
        {
            if (Wait.Arguments.Any(a => a.Parameter?.Type.Name is "TimeSpan" || a.Parameter?.Type.SpecialType is SpecialType.System_Int32)) return "it waits for a limited time";
            if (!IsStatement(Wait)) return "the wait is part of something else";
        }

        if (body.Frames.Any(f => !ReferenceEquals(f, frame) && f.Calls.Any(c => IsRelease(model, c) && NameOf(c.Instance) == Gate))) return "another function of the member releases it";
        var named = Wait.Instance!.Plain();
        if (named is ILocalReferenceOperation local && body.Values.UsesOf(local.Local).Any(IsHandedOn)) return "it is handed on";
        return named switch
        {
            IFieldReferenceOperation { Field: var field } => OfMember(field),
            IPropertyReferenceOperation { Property: var property } => OfMember(property),
            _ => null,
        };
    }

    /// <summary>The calls of the frame that give the permit back.</summary>
    public IEnumerable<IInvocationOperation> ReleasesIn(ProgramModel model, Frame frame) => frame.Calls.Where(c => IsRelease(model, c) && NameOf(c.Instance) == Gate);

    internal static bool IsWait(ProgramModel model, IInvocationOperation call) =>
        call.TargetMethod.Name is "WaitAsync" or "Wait" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.SemaphoreSlim)
        || call.TargetMethod.Name == "WaitOne" && SymbolEqualityComparer.Default.Equals(call.Instance?.Type, model.Types.Semaphore);

    internal static bool IsRelease(ProgramModel model, IInvocationOperation call) =>
        call.TargetMethod is { Name: "Release", ContainingType: var type }
        && (SymbolEqualityComparer.Default.Equals(type, model.Types.SemaphoreSlim) || SymbolEqualityComparer.Default.Equals(type, model.Types.Semaphore));

    /// <summary><c>gate</c>, <c>this.gate</c>, <c>owner.Gate</c>: what names the same object as long as nobody writes to its parts.</summary>
    internal static string? NameOf(IOperation? gate) => gate?.Plain() switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field.Name,
        IFieldReferenceOperation field when NameOf(field.Instance) is { } owner => $"{owner}.{field.Field.Name}",
        IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: null or IInstanceReferenceOperation } property => property.Property.Name,
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property when NameOf(property.Instance) is { } owner => $"{owner}.{property.Property.Name}",
        IConditionalAccessInstanceOperation instance => NameOf(Roots.Enclosing(instance)),
        _ => null,
    };

    /// <summary>What an <c>if</c> asks of the wait: false for <c>if (await wait)</c>, true for <c>if (!await wait)</c>, null where it asks something else.</summary>
    public bool? Negates(IConditionalOperation choice)
    {
        var (asked, negated) = choice.Condition.Plain() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } ? (operand, true) : (choice.Condition, false);
        return ReferenceEquals(asked.Plain(), Awaiting(Wait)) ? negated : null;
    }

    private bool IsTested(IOperation wait)
    {
        var o = Awaiting(wait);
        if (o.Above() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not) o = not;
        return o.Above() is IConditionalOperation { Syntax: IfStatementSyntax } choice && Negates(choice) is not null;
    }

    private static bool IsStatement(IOperation wait) => Awaiting(wait).Above() is IExpressionStatementOperation;

    private static IOperation Awaiting(IOperation wait)
    {
        while (wait.Above() is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) wait = wait.Above()!;
        return wait;
    }

    private static bool IsHandedOn(IOperation use) => use.Above() is IArgumentOperation or IReturnOperation or IAssignmentOperation or IVariableInitializerOperation or IArrayInitializerOperation or ICollectionExpressionOperation;

    /// <summary>Some member of the type only waits, or only releases: the permit goes from one to the other.</summary>
    private static string? OfMember(ISymbol gate)
    {
        foreach (var reference in gate.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var member in reference.GetSyntax().ChildNodes().OfType<MemberDeclarationSyntax>())
            {
                var (waits, releases) = (false, false);
                foreach (var name in member.DescendantNodes().OfType<IdentifierNameSyntax>())
                {
                    if (name.Identifier.ValueText != gate.Name) continue;
                    var whole = SimpleNames.WholeOf(name);
                    if (whole.Parent is AssignmentExpressionSyntax { Right: var made } && StartsEmpty(made)) return "it begins at 0: it signals";
                    if (whole.Parent is ArgumentSyntax { Parent.Parent: not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } or ReturnStatementSyntax or ArrowExpressionClauseSyntax) return "it is handed on";
                    var called = whole.Parent switch
                    {
                        MemberAccessExpressionSyntax access when access.Expression == whole => access.Name.Identifier.ValueText,
                        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } => binding.Name.Identifier.ValueText,
                        _ => "",
                    };
                    waits |= called is "WaitAsync" or "Wait" or "WaitOne";
                    releases |= called == "Release";
                }

                if (waits != releases) return $"{(waits ? "a member only waits for it" : "a member only releases it")}: the permit is handed over";
                if (member is FieldDeclarationSyntax field && field.Declaration.Variables.Any(v => v.Identifier.ValueText == gate.Name && v.Initializer is { Value: var value } && StartsEmpty(value))) return "it begins at 0: it signals";
            }
        }

        return null;
    }

    private static bool StartsEmpty(ExpressionSyntax made) => made is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var first, ..] } && first.Expression.IsKind(SyntaxKind.NumericLiteralExpression) && first.Expression.ToString() == "0";
}
