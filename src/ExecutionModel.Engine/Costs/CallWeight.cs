using System.Globalization;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>The catalogue's weight of a call, with the arguments of one call put in.</summary>
internal static class CallWeight
{
    /// <summary>What an unknown count is taken for: the counts that have a weight of their own are chosen to be large (iterations, rounds, key bits).</summary>
    private const double UsualCount = 100_000;

    /// <summary>The same of what doubles; bcrypt's default is 11.</summary>
    private const double UsualPower = 10;

    /// <summary>Bcrypt takes no more.</summary>
    private const double MostPower = 31;

    /// <param name="facts">Of the method, with a weight.</param>
    /// <param name="instance">What the method is called on.</param>
    public static CpuCost Of(ApiFacts facts, IMethodSymbol method, IOperation? instance, IReadOnlyList<IArgumentOperation> arguments, bool inMethod, Catalogue catalogue)
    {
        var (weight, likely) = (facts.Cpu!, facts.Likely);
        if (weight.Unit == CpuUnit.Call)
        {
            var name = Name(method);
            return likely ? CpuCost.Usually(weight.Nanoseconds, name) : CpuCost.Exactly(weight.Nanoseconds, name);
        }

        if (weight.Unit == CpuUnit.Sorting) return OfSorting(weight, method, weight.Argument == CpuWeight.Receiver ? instance : Argument(arguments, weight.Argument)?.Value);
        if (Argument(arguments, weight.Argument) is not { Parameter: { } parameter } argument) return CpuCost.None;
        if (weight.Unit == CpuUnit.UnknownArgument)
            return !inMethod && ComesFromOutside(argument.Value) ? CpuCost.Usually(weight.Nanoseconds, $"{Name(method)} with a {parameter.Name} from outside") : CpuCost.None;

        if (weight.Unit == CpuUnit.ArgumentPower)
        {
            var power = KnownNumber.Of(argument.Value);
            var text = $"{Name(method)} with {parameter.Name} {power?.ToString(CultureInfo.InvariantCulture) ?? "of unknown value"}";
            var nanoseconds = weight.Nanoseconds * Math.Pow(2, Math.Min(power ?? UsualPower, MostPower));
            return power is null || likely ? CpuCost.Usually(nanoseconds, text) : CpuCost.Exactly(nanoseconds, text);
        }

        var length = weight.Unit == CpuUnit.ArgumentLength;
        var count = length ? KnownNumber.CountOf(argument.Value) ?? TextLength(argument.Value) : KnownNumber.Of(argument.Value);
        if (count is { } known)
        {
            var cost = CpuCost.Exactly(weight.Nanoseconds * known, Evidence(known, length ? "bytes" : parameter.Name, method));
            return likely ? cost.Perhaps() : cost;
        }

        if (length) return !inMethod && Uploads.Hold(argument.Value, catalogue) ? OfUpload(weight, method) : CpuCost.None;
        var usual = CpuCost.Usually(weight.Nanoseconds * UsualCount, $"{Name(method)} with {parameter.Name} of unknown value");
        return inMethod && !likely && Parameter(argument.Value) is { } own
            ? usual with { Terms = [new ParameterTerm(own.Ordinal, weight.Nanoseconds, $"{parameter.Name} of {Name(method)}")] }
            : usual;
    }

    private static CpuCost OfSorting(CpuWeight weight, IMethodSymbol method, IOperation? items) => KnownNumber.CountOf(items) is { } count and > 1
        ? CpuCost.Exactly(weight.Nanoseconds * count * Math.Log(count, 2), Evidence(count, "items", method))
        : CpuCost.None;

    private static CpuCost OfUpload(CpuWeight weight, IMethodSymbol method) =>
        CpuCost.Usually(weight.Nanoseconds * Uploads.Limit, $"{Name(method)} of a file that a client sends, {Uploads.Limit / 1e6} MB at most");

    /// <summary>Puts the values of a call's arguments into the terms of the callee.</summary>
    public static CpuCost Substitute(CpuCost cost, IReadOnlyList<IArgumentOperation> arguments, bool inMethod)
    {
        var known = cost with { Terms = [] };
        foreach (var term in cost.Terms)
        {
            if (Argument(arguments, term.Ordinal) is not { } argument) continue;
            if (KnownNumber.Of(argument.Value) is { } value)
                known = known.Instead(term.Nanoseconds * value, $"{Grouped(value)} {term.Evidence}");
            else if (inMethod && Parameter(argument.Value) is { } own)
                known = known with { Terms = known.Terms.Add(term with { Ordinal = own.Ordinal }) };
        }

        return known;
    }

    private static IArgumentOperation? Argument(IReadOnlyList<IArgumentOperation> arguments, int ordinal)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal) return argument;
        }

        return null;
    }

    private static IParameterSymbol? Parameter(IOperation value) => value switch
    {
        IConversionOperation conversion => Parameter(conversion.Operand),
        IParameterReferenceOperation reference => reference.Parameter,
        _ => null,
    };

    /// <summary>A parameter, or a text with one in it: who calls a helper with what can't be told, a request's own parameter can.</summary>
    private static bool ComesFromOutside(IOperation value) => value switch
    {
        IConversionOperation conversion => ComesFromOutside(conversion.Operand),
        IParameterReferenceOperation => true,
        IPropertyReferenceOperation { Instance: { } instance } => ComesFromOutside(instance),
        IBinaryOperation sum => ComesFromOutside(sum.LeftOperand) || ComesFromOutside(sum.RightOperand),
        IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().Any(p => ComesFromOutside(p.Expression)),
        _ => false,
    };

    private static double? TextLength(IOperation value) => value.ConstantValue is { HasValue: true, Value: string text } ? text.Length : null;

    private static string Evidence(double count, string unit, IMethodSymbol method) => $"{Grouped(count)} {unit} of {Name(method)}";

    private static string Name(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor ? $"new {method.ContainingType.Name}" : $"{method.ContainingType.Name}.{method.Name}";

    private static string Grouped(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
