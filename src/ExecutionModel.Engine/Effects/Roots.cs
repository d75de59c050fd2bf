using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Where an expression's object comes from.</summary>
/// <param name="Symbols">Locals, parameters, fields and properties on the way to it, outermost last; empty with <paramref name="Traced"/>: a fresh object.</param>
/// <param name="Traced">False: some object that could not be followed.</param>
public readonly record struct Root(IReadOnlyList<ISymbol> Symbols, bool Traced);

/// <summary>The context, connection or session that an expression works on.</summary>
/// <param name="Found">There is one on the expression's chain.</param>
/// <param name="Owner">The local or parameter that owns it; null for the one that the scope shares.</param>
/// <param name="Confidence">Likely where only the name of a factory says that the owner has it for itself; Unknown where it could not be told which one it is.</param>
public readonly record struct Work(bool Found, ISymbol? Owner, Confidence Confidence)
{
    public static readonly Work None = new(false, null, Confidence.Unknown);
    public static readonly Work OneOfSeveral = new(true, null, Confidence.Unknown);
    public static readonly Work Shared = new(true, null, Confidence.Certain);
}

/// <summary>Follows member chains, casts, awaits, query operators and single initializers back to the object they start from.</summary>
public sealed class Roots(Catalogue catalogue, Freshness freshness)
{
    /// <summary>So many locals and calls of the user's own are followed.</summary>
    private const int Hops = 12;

    /// <summary>A chain of members and operators in one expression is followed to its end; none is as long as this.</summary>
    private const int Steps = 1_000;

    public Root Of(IOperation? operation)
    {
        var symbols = new List<ISymbol>();
        for (var (hops, steps) = (Hops, Steps); hops > 0 && steps > 0; steps--)
        {
            operation = operation?.Awaited();
            switch (operation)
            {
                case null or IInstanceReferenceOperation or ILiteralOperation:
                    return new(symbols, true);
                case IConditionalAccessOperation c:
                    operation = c.Operation;
                    continue;
                case IConditionalAccessInstanceOperation i:
                    operation = Enclosing(i);
                    continue;
                case IArrayElementReferenceOperation e:
                    operation = e.ArrayReference;
                    continue;
                case IFieldReferenceOperation f:
                    symbols.Add(f.Field.OriginalDefinition);
                    if (f.Field.IsStatic) return new(symbols, true);
                    operation = f.Instance;
                    continue;
                case IPropertyReferenceOperation p:
                    symbols.Add(p.Property.OriginalDefinition);
                    if (p.Property.IsStatic) return new(symbols, true);
                    operation = p.Instance;
                    continue;
                case ILocalReferenceOperation l:
                    symbols.Add(l.Local);
                    hops--;
                    operation = Initializer(l);
                    if (operation is null or IInvocationOperation or IAwaitOperation) return new(symbols, true);
                    if (IsCreation(operation)) return new(symbols, true);
                    continue;
                case IParameterReferenceOperation p:
                    symbols.Add(p.Parameter);
                    return new(symbols, true);
                case IInvocationOperation call when Passes(call) is { } source:
                    operation = source;
                    continue;
                case IInvocationOperation call when catalogue.Of(call.TargetMethod) is { } facts:
                    // What comes from outside is new; what is picked out of an object belongs to it.
                    if (facts.Fresh || facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo) return new(symbols, true);
                    operation = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
                    continue;
                default:
                    return IsCreation(operation) ? new(symbols, true) : new(symbols, symbols.Count > 0);
            }
        }

        return new(symbols, symbols.Count > 0);
    }

    /// <summary>The first unit of work on the expression's chain; for a call of the user's own, what it is given.</summary>
    public Work UnitOfWork(IOperation? operation) => UnitOfWork(operation, Hops);

    private Work UnitOfWork(IOperation? operation, int hops)
    {
        for (var steps = Steps; steps > 0 && operation is not null; steps--)
        {
            if (IsUnitOfWork(operation)) return Owner(operation);
            operation = operation.Awaited();
            if (IsMadeOfItems(operation)) return Work.None;
            if (IsUnitOfWork(operation)) return Owner(operation);
            if (operation is ILocalReferenceOperation && --hops < 0) return Work.None;
            if (operation is IConditionalOperation { WhenFalse: not null } either) return Either([either.WhenTrue, either.WhenFalse], hops - 1);
            if (operation is IInvocationOperation call && Passes(call) is null) return Either([call.Instance, .. call.Arguments.Select(a => a.Value)], hops - 1);
            operation = operation switch
            {
                IPropertyReferenceOperation p => p.Instance,
                IFieldReferenceOperation f => f.Instance,
                IConditionalAccessOperation c => c.Operation,
                IConditionalAccessInstanceOperation i => Enclosing(i),
                ILocalReferenceOperation l => Initializer(l),
                IInvocationOperation query => Passes(query),
                _ => null,
            };
        }

        return Work.None;
    }

    private bool IsUnitOfWork(IOperation operation) => catalogue.Of(operation.Type) is { Sharing: Sharing.UnitOfWork };

    /// <summary><c>Open(context).Where(…)</c>: a query that a method builds runs on the unit of work that the method was given, if that is one.</summary>
    private Work Either(IEnumerable<IOperation?> sources, int hops)
    {
        var found = Work.None;
        if (hops < 0) return found;
        foreach (var source in sources)
        {
            var other = UnitOfWork(source, hops);
            if (!other.Found) continue;
            if (found.Found && !SymbolEqualityComparer.Default.Equals(found.Owner, other.Owner)) return Work.OneOfSeveral;
            found = other;
        }

        return found;
    }

    /// <summary>A local that was filled by a factory owns its object; a parameter stands for whatever the caller passes; everything else is shared.</summary>
    private Work Owner(IOperation operation)
    {
        switch (operation.Plain())
        {
            case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }:
                return Work.Shared; // what a primary constructor captured is the object's, and its scope's
            case IParameterReferenceOperation p:
                return new(true, p.Parameter, Confidence.Certain);
            case ILocalReferenceOperation l:
                switch (Initializer(l)?.Awaited())
                {
                    case IObjectCreationOperation:
                        return new(true, l.Local, Confidence.Certain);
                    case IInvocationOperation call when freshness.Of(call.TargetMethod) is not Confidence.Unknown and var confidence:
                        return new(true, l.Local, confidence);
                    case { } other:
                        return Owner(other);
                    default:
                        return Work.Shared;
                }

            case IPropertyReferenceOperation { Instance: { } instance } when IsUnitOfWork(instance):
                return Owner(instance);
            case IInvocationOperation { Instance: { } instance } when IsUnitOfWork(instance):
                return Owner(instance);
            case IInvocationOperation call when Passes(call) is { } source:
                return Owner(source);
            default:
                return Work.Shared;
        }
    }

    /// <summary>The one value of a local: its initializer. Reassignments are writes of the variable and conflict as such.</summary>
    public static IOperation? Initializer(ILocalReferenceOperation reference) =>
        reference.Local.DeclaringSyntaxReferences.Length == 1 ? LocalInitializers.Of(reference.Root(), reference.Local) : null;

    /// <summary>What stands before the <c>?.</c> that the instance is the rest of.</summary>
    internal static IOperation? Enclosing(IConditionalAccessInstanceOperation instance)
    {
        for (var p = instance.Parent; p is not null; p = p.Parent)
        {
            if (p is IConditionalAccessOperation access && access.Operation is { } target && !instance.IsInside(target)) return target;
        }

        return null;
    }

    /// <summary>Query operators hand on what they got.</summary>
    private IOperation? Passes(IInvocationOperation call) =>
        catalogue.Of(call.TargetMethod) is { Deferred: true } ? call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null) : null;

    /// <summary><c>list.AsQueryable()</c> asks nobody, wherever the list came from.</summary>
    private static bool IsMadeOfItems(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod: { Name: "AsQueryable", ContainingType: { Name: "Queryable", ContainingNamespace.Name: "Linq" } } } call) return false;
        var items = call.InParameterOrder(0)?.Plain();
        return items?.Type.IsQuery() == false && (items is not ILocalReferenceOperation local || Initializer(local)?.Plain().Type.IsQuery() != true);
    }

    private static bool IsCreation(IOperation? operation) =>
        operation is IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation or ICollectionExpressionOperation or ITupleOperation or IDefaultValueOperation or ITypeParameterObjectCreationOperation
            or IAnonymousFunctionOperation or IDelegateCreationOperation;
}
