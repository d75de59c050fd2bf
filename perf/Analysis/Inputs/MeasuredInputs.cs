using ExecutionModel.Perf.Running;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Perf.Analysis.Inputs;

/// <summary>The inputs that are measured side by side. They are the same in quick and full mode: only so do their figures compare.</summary>
public static class MeasuredInputs
{
    private const int Methods = 200;
    private const int Awaits = 4;

    /// <summary>The smallest first: it warms up what the others need.</summary>
    public static IReadOnlyList<Input> All() => [Samples(), Generated(Methods, Awaits), OwnSource()];

    public static Input Generated(int methods, int awaits) => new(
        "generated",
        $"{methods:#,0} methods with {awaits:#,0} awaits each",
        [Projects.Create("Generated", OutputKind.DynamicallyLinkedLibrary, "", GeneratedProject.Of(methods, awaits))]);

    private static Input OwnSource() => new(
        "own-source",
        "Engine, analyzers and fixes",
        [Projects.Create("Own", OutputKind.DynamicallyLinkedLibrary, "", Projects.Sources(Path.Combine(SampleSource.Root, "src")))]);

    private static Input Samples() => new(
        "samples",
        "before and after the fixes",
        [
            .. from name in (string[])["Before", "After", "BeforeTool", "AfterTool"]
               let usings = name.EndsWith("Tool", StringComparison.Ordinal) ? "" : Projects.WebUsings
               select Projects.Create("Samples", OutputKind.ConsoleApplication, usings, Projects.Sources(Path.Combine(SampleSource.Root, "samples", name))),
        ]);
}
