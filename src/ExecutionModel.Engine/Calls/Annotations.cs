using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Calls;

/// <summary>Attributes that users put on their own code, matched by name in any namespace so that nobody needs a runtime dependency.</summary>
public sealed record Annotations(bool IoBound, bool CpuBound, bool Cheap, bool Blocking, bool ConcurrencySafe, bool NotConcurrencySafe, bool Sequential)
{
    public static readonly Annotations None = new(false, false, false, false, false, false, false);

    /// <summary>Attributes of the member and of its type.</summary>
    public static Annotations Of(ISymbol symbol)
    {
        var found = None;
        Add(symbol);
        if (symbol.ContainingType is { } type) Add(type);
        return found;

        void Add(ISymbol annotated)
        {
            foreach (var attribute in annotated.GetAttributes())
            {
                found = attribute.AttributeClass?.Name switch
                {
                    "IoBoundAttribute" => found with { IoBound = true },
                    "CpuBoundAttribute" => found with { CpuBound = true },
                    "CheapAttribute" => found with { Cheap = true },
                    "BlockingAttribute" => found with { Blocking = true },
                    "ConcurrencySafeAttribute" => found with { ConcurrencySafe = true },
                    "NotConcurrencySafeAttribute" => found with { NotConcurrencySafe = true },
                    "SequentialAttribute" => found with { Sequential = true },
                    _ => found,
                };
            }
        }
    }
}
