using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

internal enum SqlRows
{
    All,
    Filtered,
    Limited,
}

/// <summary>How many rows a query in text asks for.</summary>
internal static class Sql
{
    private static readonly Regex Limit = new(@"\b(limit|top|fetch\s+(first|next)|rownum)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex Filter = new(@"\bwhere\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static SqlRows OfCall(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is not { HasValue: true, Value: string text }) continue;
            if (Limit.IsMatch(text)) return SqlRows.Limited;
            if (Filter.IsMatch(text)) return SqlRows.Filtered;
        }

        return SqlRows.All;
    }
}
