using System.Reflection;
using ExecutionModel.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>One rule and where its pieces must be. Everything follows from the analyzer's type and its descriptor.</summary>
public sealed class RuleRoom
{
    private RuleRoom(Type type)
    {
        Type = type;
        Analyzer = (RuleAnalyzer)Activator.CreateInstance(type)!;
        Name = type.Name[..^"Analyzer".Length];
        CodeFixType = typeof(RuleCodeFix).Assembly.GetTypes().SingleOrDefault(t => t.Name == Name + "CodeFix");
    }

    /// <summary>Every rule of the package, by id.</summary>
    public static IReadOnlyList<RuleRoom> All { get; } =
        [.. typeof(RuleAnalyzer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RuleAnalyzer)) && !t.IsAbstract).Select(t => new RuleRoom(t)).OrderBy(r => r.Id, StringComparer.Ordinal)];

    public static IEnumerable<RuleAnalyzer> Analyzers => All.Select(r => r.Analyzer);

    /// <summary>The rules' names, for theories.</summary>
    public static TheoryData<string> Names => new(All.Select(r => r.Name));

    public Type Type { get; }
    public RuleAnalyzer Analyzer { get; }
    public Type? CodeFixType { get; }
    public string Name { get; }
    public DiagnosticDescriptor Descriptor => Analyzer.Descriptor;
    public string Id => Descriptor.Id;
    public string Group => Descriptor.Category;
    public string Folder => $"src/ExecutionModel.Analyzers/Rules/{Group}/{Name}";
    public string PagePath => $"{Folder}/{Id}.md";
    public string? NoCodeFix => Type.GetCustomAttribute<NoCodeFixAttribute>()?.Reason;
    public string? NoSample => Type.GetCustomAttribute<NoSampleAttribute>()?.Reason;

    public static RuleRoom Of(string name) => All.Single(r => r.Name == name);

    public CodeFixProvider? CreateCodeFix() => CodeFixType is null ? null : (CodeFixProvider)Activator.CreateInstance(CodeFixType)!;
}
