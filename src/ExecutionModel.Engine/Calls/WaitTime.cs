using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>Answers: how long may this call wait, by the duration that it is given?</summary>
internal static class WaitTime
{
    /// <summary>Milliseconds, where they are known: 0 for a call that only tries; null for a value that nobody can see or no limit at all.</summary>
    public static double? Of(IInvocationOperation call)
    {
        var limited = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || !IsDuration(parameter)) continue;
            limited = true;
            if (Milliseconds(argument.Value) is { } known) return known < 0 ? null : known;
        }

        return !limited && call.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal) ? 0 : null;
    }

    private static bool IsDuration(IParameterSymbol parameter) =>
        parameter.Type is { Name: "TimeSpan" } || parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && parameter.Name.StartsWith("millisecond", StringComparison.OrdinalIgnoreCase);

    private static double? Milliseconds(IOperation value) => value.Plain() switch
    {
        { Type.Name: "TimeSpan" } span => OfSpan(span),
        var number => KnownNumber.Of(number),
    };

    private static double? OfSpan(IOperation span) => span switch
    {
        IDefaultValueOperation => 0,
        IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => 0,
        IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: var unit }, Arguments: [var amount, ..] } => Scale(unit) * KnownNumber.Of(amount.Value.Plain()),
        IObjectCreationOperation { Arguments: [var ticks] } => KnownNumber.Of(ticks.Value.Plain()) / TimeSpan.TicksPerMillisecond,
        _ => null,
    };

    private static double? Scale(string unit) => unit switch
    {
        "FromTicks" => 1d / TimeSpan.TicksPerMillisecond,
        "FromMicroseconds" => 1e-3,
        "FromMilliseconds" => 1,
        "FromSeconds" => 1e3,
        "FromMinutes" => 6e4,
        "FromHours" => 3.6e6,
        _ => null,
    };
}
