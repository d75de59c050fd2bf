using System.Runtime.CompilerServices;

namespace ExecutionModel.Engine.Roslyn;

internal static class HotLoop
{
    /// <summary>
    /// <c>MethodImplOptions.AggressiveOptimization</c>, which netstandard2.0 lacks: a compiler lives for seconds, its scan of all texts should not start as unoptimised code.
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
