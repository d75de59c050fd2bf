using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>The only place of the solution that turns a name into a type.</summary>
public sealed class KnownTypes(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, INamespaceSymbol?> spaces = new(StringComparer.Ordinal);

    public INamedTypeSymbol? Task => Find("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT => Find("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask => Find("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT => Find("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? CancellationToken => Find("System.Threading.CancellationToken");
    public INamedTypeSymbol? Thread => Find("System.Threading.Thread");
    public INamedTypeSymbol? ThreadingTimer => Find("System.Threading.Timer");
    public INamedTypeSymbol? EventTimer => Find("System.Timers.Timer");
    public INamedTypeSymbol? TimeProvider => Find("System.TimeProvider");
    public INamedTypeSymbol? CancellationTokenSource => Find("System.Threading.CancellationTokenSource");
    public INamedTypeSymbol? SemaphoreSlim => Find("System.Threading.SemaphoreSlim");
    public INamedTypeSymbol? Semaphore => Find("System.Threading.Semaphore");
    public INamedTypeSymbol? Mutex => Find("System.Threading.Mutex");
    public INamedTypeSymbol? ReaderWriterLockSlim => Find("System.Threading.ReaderWriterLockSlim");
    public INamedTypeSymbol? Lock => Find("System.Threading.Lock");
    public INamedTypeSymbol? RateLimiter => Find("System.Threading.RateLimiting.RateLimiter");
    public INamedTypeSymbol? Process => Find("System.Diagnostics.Process");
    public INamedTypeSymbol? Parallel => Find("System.Threading.Tasks.Parallel");
    public INamedTypeSymbol? ConfigureAwaitOptions => Find("System.Threading.Tasks.ConfigureAwaitOptions");
    public INamedTypeSymbol? DbContext => Find("Microsoft.EntityFrameworkCore.DbContext");

    /// <summary>.NET 6 and later.</summary>
    public bool HasForEachAsync => Parallel?.GetMembers("ForEachAsync").IsEmpty == false;

    /// <summary>.NET 8 and later.</summary>
    public bool HasForAsync => Parallel?.GetMembers("ForAsync").IsEmpty == false;

    /// <summary>.NET 8 and later: <c>Task.WhenAll</c> of non-generic tasks rethrows the fault that came first.</summary>
    public bool HasConfigureAwaitOptions => ConfigureAwaitOptions is not null;

    public INamedTypeSymbol? Find(string metadataName) => byName.GetOrAdd(metadataName, n => IsInSight(n) ? compilation.GetTypeByMetadataName(n) : null);

    /// <summary>All types of that name: two libraries may declare the same one.</summary>
    public IReadOnlyList<INamedTypeSymbol> FindAll(string metadataName) => Find(metadataName) is { } only ? [only] : IsInSight(metadataName) ? compilation.GetTypesByMetadataName(metadataName) : [];

    /// <summary>Its namespace exists: the compiler asks every reference for a type.</summary>
    private bool IsInSight(string metadataName) => HasNamespace(metadataName.Substring(0, Math.Max(0, metadataName.LastIndexOf('.'))));

    /// <summary>Some reference or the compilation itself declares the namespace; the global one is always there.</summary>
    public bool HasNamespace(string name) => name.Length == 0 || Space(name) is not null;

    private INamespaceSymbol? Space(string name) => spaces.GetOrAdd(name, n =>
    {
        var dot = n.LastIndexOf('.');
        var parent = dot < 0 ? compilation.GlobalNamespace : Space(n.Substring(0, dot));
        return parent?.GetMembers(n.Substring(dot + 1)).OfType<INamespaceSymbol>().FirstOrDefault();
    });

    // Asked of every return type: most have another name.
    public bool IsTask(ITypeSymbol? type) => type is { Name: "Task" } && (Is(type, Task) || Is(type, TaskOfT));

    public bool IsValueTask(ITypeSymbol? type) => type is { Name: "ValueTask" } && (Is(type, ValueTask) || Is(type, ValueTaskOfT));

    public bool IsTaskLike(ITypeSymbol? type) => IsTask(type) || IsValueTask(type);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) => known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
