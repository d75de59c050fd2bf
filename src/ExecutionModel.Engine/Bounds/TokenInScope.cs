using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Bounds;

/// <summary>The cancellation token that code in a frame may use.</summary>
public static class TokenInScope
{
    /// <summary>The nearest parameter of type <c>CancellationToken</c>; static functions can't see beyond themselves.</summary>
    public static string? Of(Frame frame, ProgramModel model)
    {
        for (Frame? f = frame; f is not null; f = f.Outer)
        {
            foreach (var parameter in f.Method?.Parameters ?? [])
            {
                if (parameter.RefKind == RefKind.None && model.Types.CancellationToken is { } token && SymbolEqualityComparer.Default.Equals(parameter.Type, token) && parameter.Name != "_") return parameter.Name;
            }

            if (f.Function is not null && f.Method?.IsStatic == true) return null;
        }

        return null;
    }
}
