using System.Runtime.CompilerServices;
using ExecutionModel.Analyzers.Tests.Harness;
using ExecutionModel.Analyzers.Tests.Samples;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>Nothing static holds a compilation: an IDE analyses one after every key press.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public async Task Compilation_IsCollectedAfterTheAnalysis()
    {
        // The analyzers stay alive, as they do in the compiler server.
        var analyzers = RuleRoom.Analyzers.ToArray();
        var compilation = await AnalyseAndForget(analyzers);
        for (var attempt = 0; attempt < 20 && compilation.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(20);
        }

        Assert.False(compilation.IsAlive, "something still holds the compilation");
        GC.KeepAlive(analyzers);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AnalyseAndForget(RuleAnalyzer[] analyzers)
    {
        var project = SampleFolder.Read("Before").Project;
        var compilation = new WeakReference(await project.GetCompilationAsync());
        Assert.NotEmpty((await Analysis.Run(project, analyzers)).Rules);
        return compilation;
    }
}
