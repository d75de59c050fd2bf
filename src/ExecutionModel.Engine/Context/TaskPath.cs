using System.Collections.Immutable;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// How code names a task: a local, parameter or field, then members and elements. Elements are not told apart: whoever waits for one of a collection is
/// taken to know about the others.
/// </summary>
internal sealed record TaskPath(ISymbol Root, ImmutableArray<string> Parts)
{
    private const string Item = "[]";

    public static TaskPath? Of(IOperation? value) => value?.Plain() switch
    {
        ILocalReferenceOperation local => new(local.Local, []),
        IParameterReferenceOperation parameter => new(parameter.Parameter, []),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => new(field.Field, []),
        IFieldReferenceOperation field => Of(field.Instance)?.Then(field.Field.Name),
        IPropertyReferenceOperation { Arguments.Length: > 0 } indexer => Of(indexer.Instance)?.Then(Item),
        IPropertyReferenceOperation { Property.Name: "Values" } values => Of(values.Instance),
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "KeyValuePair" } } pair => Of(pair.Instance),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => new(property.Property, []),
        IPropertyReferenceOperation property => Of(property.Instance)?.Then(property.Property.Name),
        IArrayElementReferenceOperation element => Of(element.ArrayReference)?.Then(Item),
        IInvocationOperation { TargetMethod.Name: "First" or "Last" or "Single" or "ElementAt" or "FirstOrDefault" or "SingleOrDefault" or "LastOrDefault" } pick => Sequence(pick.Subject())?.Then(Item),
        IConditionalAccessOperation { WhenNotNull: var chain } => Of(chain),
        IConditionalAccessInstanceOperation instance => Of(Roots.Enclosing(instance)),
        _ => null,
    };

    /// <summary>The collection behind operators that keep its elements.</summary>
    public static TaskPath? Sequence(IOperation? value)
    {
        while (value?.Plain() is IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" or "AsEnumerable" or "Where" or "OfType" or "Cast" or "Skip" or "Take" or "Concat" or "Append" or "AsSpan" } call) value = call.Subject();
        return Of(value);
    }

    /// <summary>The elements of a sequence, of <c>items.Select(i => i.Task)</c> those of <c>items</c> and their <c>Task</c>.</summary>
    public static TaskPath? ElementsOf(IOperation? sequence)
    {
        if (Sequence(sequence) is { } path) return path.Then(Item);
        if (sequence?.Plain() is not IInvocationOperation { TargetMethod.Name: "Select" } select) return sequence?.Plain() is IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" } copy ? ElementsOf(copy.Subject()) : null;
        if (select.Arguments[select.Arguments.Length - 1].Value.DelegateTarget() is not IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } chosen }], Symbol.Parameters: [var item, ..] }) return null;
        return Of(chosen) is { } inner && SymbolEqualityComparer.Default.Equals(inner.Root, item) ? ElementsOf(select.Subject())?.Then(inner.Parts) : null;
    }

    /// <summary>The same, its root standing for something else.</summary>
    public TaskPath? Rooted(TaskPath? root) => root?.Then(Parts);

    public bool Is(TaskPath? other) => other is not null && SymbolEqualityComparer.Default.Equals(Root, other.Root) && Parts.SequenceEqual(other.Parts, StringComparer.Ordinal);

    /// <summary>Writing to it gives this path another task.</summary>
    public bool StartsWith(TaskPath? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(Root, other.Root) && other.Parts.Length <= Parts.Length && Parts.Take(other.Parts.Length).SequenceEqual(other.Parts, StringComparer.Ordinal);

    public TaskPath Then(string part) => new(Root, Parts.Add(part));

    private TaskPath Then(ImmutableArray<string> parts) => new(Root, Parts.AddRange(parts));
}
