using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Where an expression's object comes from.</summary>
/// <param name="Symbols">Locals, parameters, fields and properties on the way to it, outermost last; empty with <paramref name="Traced"/>: a fresh object.</param>
/// <param name="Traced">False: some object that could not be followed.</param>
public readonly record struct Root(IReadOnlyList<ISymbol> Symbols, bool Traced)
{
    public static readonly Root Fresh = new([], true);
    public static readonly Root Lost = new([], false);
}

/// <summary>Follows member chains, casts, awaits, query operators and single initializers back to the object they start from.</summary>
public sealed class Roots(Catalogue catalogue)
{
    private const int Hops = 12;

    public Root Of(IOperation? operation)
    {
        var symbols = new List<ISymbol>();
        for (var hop = 0; hop < Hops; hop++)
        {
            switch (operation)
            {
                case null or IInstanceReferenceOperation or ILiteralOperation:
                    return new(symbols, true);
                case IConversionOperation c:
                    operation = c.Operand;
                    continue;
                case IParenthesizedOperation p:
                    operation = p.Operand;
                    continue;
                case IAwaitOperation a:
                    operation = a.Operation;
                    continue;
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
                    operation = Initializer(l);
                    if (operation is null || operation is IInvocationOperation or IAwaitOperation) return new(symbols, true);
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

    /// <summary>The context, connection or session that an expression works on: the first unit of work on its chain, and the local that owns it, if one does.</summary>
    public (bool Found, ISymbol? Owner) UnitOfWork(IOperation? operation)
    {
        for (var hop = 0; hop < Hops && operation is not null; hop++)
        {
            if (catalogue.Of(operation.Type) is { Sharing: Sharing.UnitOfWork }) return (true, Owner(operation));
            operation = operation switch
            {
                IConversionOperation c => c.Operand,
                IParenthesizedOperation p => p.Operand,
                IAwaitOperation a => a.Operation,
                IPropertyReferenceOperation p => p.Instance,
                IFieldReferenceOperation f => f.Instance,
                IConditionalAccessOperation c => c.Operation,
                IConditionalAccessInstanceOperation i => Enclosing(i),
                ILocalReferenceOperation l => Initializer(l),
                IInvocationOperation call => Passes(call) ?? call.Instance,
                ITranslatedQueryOperation q => q.Operation,
                _ => null,
            };
        }

        return (false, null);
    }

    /// <summary>A local that was filled by a factory owns its object; a parameter stands for whatever the caller passes; everything else is shared.</summary>
    private ISymbol? Owner(IOperation operation)
    {
        while (operation is IConversionOperation c) operation = c.Operand;
        switch (operation)
        {
            case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }:
                return null; // what a primary constructor captured is the object's, and its scope's
            case IParameterReferenceOperation p:
                return p.Parameter;
            case ILocalReferenceOperation l:
                var from = Initializer(l);
                while (from is IConversionOperation or IAwaitOperation) from = from is IConversionOperation c ? c.Operand : ConfigureAwaitTarget(((IAwaitOperation)from).Operation);
                if (from is IObjectCreationOperation) return l.Local;
                if (from is IInvocationOperation made && catalogue.Of(made.TargetMethod) is { Fresh: true }) return l.Local;
                return from is null ? null : Owner(from);
            case IPropertyReferenceOperation { Instance: { } instance } when catalogue.Of(instance.Type) is { Sharing: Sharing.UnitOfWork }:
                return Owner(instance);
            case IInvocationOperation { Instance: { } instance } when catalogue.Of(instance.Type) is { Sharing: Sharing.UnitOfWork }:
                return Owner(instance);
            case IInvocationOperation call when Passes(call) is { } source:
                return Owner(source);
            default:
                return null;
        }
    }

    /// <summary>The one value of a local: its initializer. Reassignments are writes of the variable and conflict as such.</summary>
    public static IOperation? Initializer(ILocalReferenceOperation reference)
    {
        if (reference.Local.DeclaringSyntaxReferences.Length != 1) return null;
        var scope = (IOperation)reference;
        while (scope.Parent is { } parent) scope = parent;
        return LocalInitializers.Of(scope, reference.Local);
    }

    /// <summary>What stands before the <c>?.</c> that the instance is the rest of.</summary>
    internal static IOperation? Enclosing(IConditionalAccessInstanceOperation instance)
    {
        for (var p = instance.Parent; p is not null; p = p.Parent)
        {
            if (p is IConditionalAccessOperation access && access.Operation is { } target && !IsInside(instance, target)) return target;
        }

        return null;
    }

    private static bool IsInside(IOperation inner, IOperation outer) => outer.Syntax.Span.Contains(inner.Syntax.Span) && outer.Syntax != inner.Syntax;

    private static IOperation? ConfigureAwaitTarget(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? task : operation;

    /// <summary>Query operators, <c>ConfigureAwait</c> and <c>AsTask</c> hand on what they got.</summary>
    private IOperation? Passes(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is "ConfigureAwait" or "AsTask") return call.Instance;
        if (catalogue.Of(call.TargetMethod) is { Deferred: true }) return call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        return null;
    }

    private static bool IsCreation(IOperation? operation) =>
        operation is IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation or ICollectionExpressionOperation or ITupleOperation or IDefaultValueOperation or ITypeParameterObjectCreationOperation
            or IAnonymousFunctionOperation or IDelegateCreationOperation;
}
