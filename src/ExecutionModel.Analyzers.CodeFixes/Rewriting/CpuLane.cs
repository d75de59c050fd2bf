using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>The project's bounded lane for computing: how a place in the code names it, and the file that it needs where the project has none.</summary>
/// <param name="Spelling"><c>CpuLane</c>, qualified where nothing brings it in; the name of a field or parameter that holds the lane as a service.</param>
/// <param name="TakesToken">Its <c>Run</c> takes a cancellation token.</param>
/// <param name="File">The file to add; null where the project has a lane.</param>
/// <param name="SharesTurns">It has the <c>For</c> of our own file.</param>
internal sealed record CpuLane(string Spelling, bool TakesToken, bool SharesTurns, ProjectFile? File)
{
    private const string Name = "CpuLane";
    private const string Service = "ICpuLane";
    private const string ServiceCollection = "Microsoft.Extensions.DependencyInjection.IServiceCollection";

    /// <summary>Null: the project has a type of this name that is no lane.</summary>
    public static CpuLane? At(FixTarget target, CancellationToken cancellationToken)
    {
        var (model, position) = (target.Model, target.Node.SpanStart);
        if (Injected(model, position) is { } injected) return injected;
        foreach (var type in model.Compilation.GetSymbolsWithName(Name, SymbolFilter.Type, cancellationToken).OfType<INamedTypeSymbol>())
        {
            var runs = type.GetMembers("Run").OfType<IMethodSymbol>().Where(m => m.IsStatic).ToList();
            if (type.Arity > 0 || runs.Count == 0 || !model.IsAccessible(position, type)) return null;
            return new CpuLane(TypeSpelling.At(model, position, type.ToDisplayString(TypeSpelling.FullName)), TakeToken(runs), HasFor(type), null);
        }

        var space = RootNamespace(target);
        return new CpuLane(Spell(model, position, space), true, true, new ProjectFile(Name + ".cs", Text(space, target)));
    }

    /// <summary>A lane that the code around was given: it is there to be used.</summary>
    private static CpuLane? Injected(SemanticModel model, int position)
    {
        var isStatic = model.GetEnclosingSymbol(position) is { IsStatic: true };
        foreach (var symbol in model.LookupSymbols(position))
        {
            var type = symbol switch
            {
                IParameterSymbol parameter => parameter.Type,
                IFieldSymbol field when field.IsStatic || !isStatic => field.Type,
                IPropertySymbol property when property.IsStatic || !isStatic => property.Type,
                _ => null,
            };
            if (type is not INamedTypeSymbol { Name: Name or Service, Arity: 0 }) continue;
            var runs = type.GetMembers("Run").OfType<IMethodSymbol>().Where(m => !m.IsStatic).ToList();
            if (runs.Count > 0) return new CpuLane(symbol.Name, TakeToken(runs), HasFor(type), null);
        }

        return null;
    }

    private static bool TakeToken(IEnumerable<IMethodSymbol> runs) => runs.All(r => r.Parameters.Length == 2);

    private static bool HasFor(ITypeSymbol lane) => lane.GetMembers("For").OfType<IMethodSymbol>().Any(m => m.Parameters.Length == 4 && m.ReturnType.Name == "Task");

    /// <summary>The project puts its objects together by services: then the lane is one as well, for those who want to be given it.</summary>
    private static bool UsesServices(Compilation compilation) =>
        new KnownTypes(compilation).Find(ServiceCollection) is not null
        && compilation.SyntaxTrees.Any(t => t.GetText().ToString() is var text && (text.Contains("IServiceCollection") || text.Contains(".Services.Add")));

    private static string RootNamespace(FixTarget target)
    {
        var project = target.Document.Project;
        if (project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.RootNamespace", out var root)) return root.Trim();
        return project.DefaultNamespace ?? target.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
    }

    private static string Spell(SemanticModel model, int position, string space)
    {
        if (space.Length == 0) return Name;
        for (var around = model.GetEnclosingSymbol(position)?.ContainingNamespace; around is { IsGlobalNamespace: false }; around = around.ContainingNamespace)
        {
            if (around.ToDisplayString() == space) return Name;
        }

        var imported = model.GetImportScopes(position).SelectMany(s => s.Imports).Any(i => i.NamespaceOrType.ToDisplayString() == space);
        return imported ? Name : $"{space}.{Name}";
    }

    /// <summary>.NET Standard 2.0 and C# 7.3 are enough for it; the header follows the project's language version.</summary>
    private static string Text(string space, FixTarget target)
    {
        var (type, usings) = (Type.Replace("\r", ""), Usings);
        if (UsesServices(target.Model.Compilation)) (type, usings) = (type + "\n\n" + Services.Replace("\r", ""), Usings + "using Microsoft.Extensions.DependencyInjection;\n");
        var text = (space.Length, Language.HasFileScopedNamespaces(target.Root)) switch
        {
            (0, _) => $"{usings}\n{type}\n",
            (_, true) => $"{usings}\nnamespace {space};\n\n{type}\n",
            _ => $"{usings}\nnamespace {space}\n{{\n{Indented(type)}\n}}\n",
        };
        return text.Replace("\r", "").Replace("\n", Layout.At(target.Node).EndOfLine);
    }

    private static string Indented(string text) => string.Join("\n", text.Split('\n').Select(l => l.Length == 0 ? l : "    " + l));

    private const string Usings = "using System;\nusing System.Runtime.ExceptionServices;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    private const string Type = """
        /// <summary>
        /// Runs computing on at most all processors but one, so that the thread pool keeps threads for requests that only wait.
        /// Work that finds the lane full waits for its turn without holding a thread.
        /// </summary>
        /// <remarks>
        /// <see cref="Task.Run(Action)"/> would not do: its work stands in the same queue as the requests, and as much of it runs at once as there are threads.
        /// The lane is for computing only: work that waits for I/O, or for other work of the lane, holds a place without using it.
        /// </remarks>
        internal static class CpuLane
        {
            private static readonly TaskScheduler Lane =
                new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler;

            /// <summary>Computes a value. Awaiting gives the value or throws what <paramref name="work"/> threw; a cancelled token takes work that has not begun out of the line.</summary>
            public static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default) =>
                Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Lane);

            /// <summary>The same for work without a value.</summary>
            public static Task Run(Action work, CancellationToken cancellationToken = default) =>
                Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Lane);

            /// <summary>
            /// Computes the turns of a loop on the places of the lane that are free, one at least. Awaiting throws what a turn threw, the first of several; turns that have
            /// not begun then never do.
            /// </summary>
            public static Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken = default)
            {
                var places = new ParallelOptions { TaskScheduler = Lane, MaxDegreeOfParallelism = Lane.MaximumConcurrencyLevel };
                return Run(Turns, cancellationToken);

                void Turns()
                {
                    try
                    {
                        Parallel.For(from, to, places, turn);
                    }
                    catch (AggregateException faults)
                    {
                        ExceptionDispatchInfo.Capture(faults.InnerExceptions[0]).Throw();
                    }
                }
            }
        }
        """;

    private const string Services = """
        /// <summary>The same lane for code that is given what it needs: <c>services.AddCpuLane()</c>, and a constructor parameter of this type.</summary>
        internal interface ICpuLane
        {
            /// <inheritdoc cref="CpuLane.Run{T}(Func{T}, CancellationToken)"/>
            Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default);

            /// <inheritdoc cref="CpuLane.Run(Action, CancellationToken)"/>
            Task Run(Action work, CancellationToken cancellationToken = default);

            /// <inheritdoc cref="CpuLane.For(int, int, Action{int}, CancellationToken)"/>
            Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken = default);
        }

        internal static class CpuLaneServices
        {
            /// <summary>Whoever asks for an <see cref="ICpuLane"/> gets the one lane of the process.</summary>
            public static IServiceCollection AddCpuLane(this IServiceCollection services) => services.AddSingleton<ICpuLane, Shared>();

            private sealed class Shared : ICpuLane
            {
                public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) => CpuLane.Run(work, cancellationToken);

                public Task Run(Action work, CancellationToken cancellationToken) => CpuLane.Run(work, cancellationToken);

                public Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken) => CpuLane.For(from, to, turn, cancellationToken);
            }
        }
        """;
}
