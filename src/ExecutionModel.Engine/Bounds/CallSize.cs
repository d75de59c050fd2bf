using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>How many items the sequence has that a call returns: LINQ operators, query ends, files, visible methods.</summary>
internal sealed class CallSize(ProgramModel model, SourceSize sizes)
{
    /// <summary>Operators whose result has at most as many items as their source.</summary>
    private static readonly HashSet<string> Keeping = new(
        [
            "Select", "Where", "OfType", "Cast", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Reverse", "Distinct", "DistinctBy", "Skip", "SkipLast",
            "SkipWhile", "TakeWhile", "DefaultIfEmpty", "Except", "ExceptBy", "AsEnumerable", "AsQueryable", "AsParallel", "AsAsyncEnumerable", "ToList", "ToArray", "ToHashSet", "ToDictionary",
            "ToLookup", "ToListAsync", "ToArrayAsync", "ToHashSetAsync", "ToDictionaryAsync", "AsNoTracking", "AsNoTrackingWithIdentityResolution", "AsTracking", "AsSplitQuery", "AsSingleQuery",
            "Include", "ThenInclude", "IgnoreQueryFilters", "IgnoreAutoIncludes", "TagWith", "TagWithCallSite", "ToImmutableArray", "ToImmutableList", "ToImmutableHashSet", "ToFrozenSet", "AsReadOnly",
            "GetConsumingEnumerable", "Index", "Shuffle",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> All = new(["GetAll", "FindAll", "ListAll", "FetchAll", "LoadAll", "ReadAll", "QueryAll", "SelectAll"], StringComparer.Ordinal);

    public Bound Of(IInvocationOperation call, Step step)
    {
        var method = call.TargetMethod;
        if (call.Subject() is { } subject && subject.Plain().Type.IsSequence())
        {
            if (method.Name is "Take" or "TakeLast" && call.Arguments.LastOrDefault() is { } most) return Part(most.Value, sizes.Of(subject, step), step);
            if (method.Name is "Chunk" or "Batch" or "Buffer") return new Bound.AtMost(Bound.Few, "chunks");
            if (method.Name is "Concat" or "Union" or "UnionBy" && call.InParameterOrder(1) is { } more) return sizes.Of(subject, step).Plus(sizes.Of(more, step));
            if (method.Name is "Intersect" or "IntersectBy" or "Zip" && call.InParameterOrder(1) is { } other) return sizes.Of(subject, step).Meet(sizes.Of(other, step));
            if (method.Name is "Append" or "Prepend") return sizes.Of(subject, step).Plus(new Bound.AtMost(1, "a literal"));
            if (method.Name is "GroupBy" or "DistinctBy" or "CountBy") return sizes.Of(subject, step).Narrowed();
            if (method.Name is "Where") return Filtered(call, sizes.Of(subject, step), step);
            if (method.Name is "SelectMany") return sizes.Of(subject, step) is Bound.AtMost ? new Bound.Unknown("the lists of a few items") : sizes.Of(subject, step);
            if (Keeping.Contains(method.Name)) return sizes.Of(subject, step);
        }

        return Known(call, step) ?? Visible(call, step) ?? Guessed(call);
    }

    /// <summary>What the catalogue and the base library say.</summary>
    private Bound? Known(IInvocationOperation call, Step step)
    {
        var method = call.TargetMethod;
        switch (method.ContainingType?.Name)
        {
            case "Enumerable" when method.Name is "Range" && call.InParameterOrder(1) is { } count:
                return sizes.OfCount(count, step);
            case "Enumerable" when method.Name is "Repeat" && call.InParameterOrder(1) is { } times:
                return sizes.OfCount(times, step);
            case "Enumerable" or "Array" when method.Name is "Empty":
                return new Bound.AtMost(0, "a literal");
            case "Enum" when method.Name is "GetValues" or "GetNames":
                return new Bound.AtMost(Bound.Few, "the values of an enum");
        }

        switch (model.Catalogue.Of(method)?.Size ?? model.Catalogue.Of(method.ReturnType)?.Size)
        {
            case Size.Small:
                return new Bound.AtMost(Bound.Few, method.Name);
            case Size.Huge:
                return Sql.OfCall(call) switch
                {
                    SqlRows.Limited => new Bound.AtMost(Bound.Few, "a limited query"),
                    SqlRows.Filtered => new Bound.Unbounded($"row that '{method.Name}' returns"),
                    _ => new Bound.Huge($"item that '{method.ContainingType!.Name}.{method.Name}' returns"),
                };
        }

        if (FromConfiguration(method)) return new Bound.AtMost(Bound.Few, "configuration");
        if (method.Parameters.Any(p => p.IsPaging())) return new Bound.AtMost(Bound.Few, "a page");
        return null;
    }

    /// <summary>What the body of a visible method returns, its parameters standing for the arguments.</summary>
    private Bound? Visible(IInvocationOperation call, Step step)
    {
        if (step.Hops == 0 || call.TargetMethod is { IsVirtual: true } or { IsAbstract: true } || model.SourceBodies.Of(call.TargetMethod) is not { } body) return null;
        var inner = step.Enter(step.Scope.Enter(body, call));
        Bound? worst = null;
        foreach (var returned in Returns(body))
        {
            var size = sizes.Of(returned, inner);
            worst = worst?.Join(size) ?? size;
        }

        return worst is Bound.Unknown ? null : worst;
    }

    /// <summary>A query, or a list that only I/O or an "all" in the name can have filled, is as large as its world.</summary>
    private Bound Guessed(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ReturnType.IsQuery()) return method.Parameters.Length <= (method.IsExtensionMethod ? 1 : 0) ? UnpagedQuery(method) : new Bound.Unbounded($"row of the query '{method.Name}'");
        if (All.Any(a => method.Name.StartsWith(a, StringComparison.Ordinal))) return new Bound.Unbounded($"item that '{method.Name}' returns");
        if (model.Calls.Of(call) is { IsIo: true, Confidence: not Confidence.Unknown }) return new Bound.Unbounded($"item that '{method.Name}' returns");
        return new Bound.Unknown($"what '{method.Name}' returns can't be seen");
    }

    internal static Bound UnpagedQuery(ISymbol root) => new Bound.Huge($"row of an un-paged query ('{root.Name}')");

    private Bound Part(IOperation most, Bound source, Step step) =>
        most.Plain().Type?.SpecialType == SpecialType.System_Int32 ? source.Meet(sizes.OfCount(most, step)) : new Bound.AtMost(Bound.Few, "a range");

    /// <summary><c>x => ids.Contains(x.Id)</c> leaves as many as there are ids; <c>x => x.Parent == parent</c> leaves some.</summary>
    private Bound Filtered(IInvocationOperation where, Bound source, Step step)
    {
        if (where.InParameterOrder(1)?.DelegateTarget() is not IAnonymousFunctionOperation lambda) return source;
        foreach (var part in lambda.Body.Descendants())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod.Name: "Contains" } contains when contains.Subject() is { } keys && keys.Plain().Type.IsSequence() && Comes(keys, lambda) == false:
                    return sizes.Of(keys, step) is Bound.AtMost few ? source.Meet(few) : source.Narrowed();
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals when Comes(equals.LeftOperand, lambda) != Comes(equals.RightOperand, lambda) && !equals.LeftOperand.ConstantValue.HasValue && !equals.RightOperand.ConstantValue.HasValue:
                    return source.Narrowed();
            }
        }

        return source;
    }

    /// <summary>The value comes from the lambda's own parameter.</summary>
    private static bool Comes(IOperation value, IAnonymousFunctionOperation lambda) =>
        value.DescendantsAndSelf().Any(o => o is IParameterReferenceOperation p && SymbolEqualityComparer.Default.Equals(p.Parameter.ContainingSymbol, lambda.Symbol));

    private static bool FromConfiguration(IMethodSymbol method) =>
        method.ContainingNamespace?.FullMetadataName().StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true;

    private static IEnumerable<IOperation> Returns(Context.FlatBody body)
    {
        var root = body.Frames[0].Root;
        if (root is not IBlockOperation) return [root];
        return root.Descendants()
            .OfType<IReturnOperation>()
            .Where(r => r.Kind == OperationKind.Return && r.ReturnedValue is not null && !Nested(r))
            .Select(r => r.ReturnedValue!);

        bool Nested(IOperation operation)
        {
            for (var o = operation.Parent; o is not null && !ReferenceEquals(o, root); o = o.Parent)
            {
                if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
            }

            return false;
        }
    }
}
