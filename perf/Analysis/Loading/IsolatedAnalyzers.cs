using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Perf.Analysis.Loading;

/// <summary>One folder's analyzers in a context of their own, as the compiler loads them: Roslyn is shared, all that lies beside them is theirs.</summary>
internal sealed class IsolatedAnalyzers(string folder) : AssemblyLoadContext, IAnalyzerAssemblyLoader
{
    public void AddDependencyLocation(string fullPath)
    {
    }

    public Assembly LoadFromPath(string fullPath) => LoadFromAssemblyPath(fullPath);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Path.Combine(folder, assemblyName.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
}
