using System.Reflection;
using System.Text.RegularExpressions;
using ExecutionModel.Engine;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>House rules that the compiler can't check.</summary>
public sealed partial class HouseRuleTests
{
    [Fact]
    public void OnlyKnownTypes_ResolvesNames() =>
        Assert.DoesNotContain(Repository.Sources("src"), p => !p.EndsWith("/KnownTypes.cs", StringComparison.Ordinal) && ResolvesNames().IsMatch(Repository.Read(p)));

    [Fact]
    public void FileNames_SayWhatTheFileIs() =>
        Assert.DoesNotContain(((string[])["src", "tests", "samples", "perf"]).SelectMany(Repository.Sources), p => Vague().IsMatch(Path.GetFileNameWithoutExtension(p)));

    [Fact]
    public void RuleFiles_AreShort() =>
        Assert.DoesNotContain(RuleRoom.All.Select(r => $"{r.Folder}/{r.Name}Analyzer.cs"), p => Repository.Read(p).Split('\n').Length > 150);

    [Fact]
    public void OnlySourceBodies_SuppressesAWarning() =>
        Assert.DoesNotContain(Repository.Sources("src"), p => !p.EndsWith("/SourceBodies.cs", StringComparison.Ordinal) && Suppression().IsMatch(Repository.Read(p)));

    [Fact]
    public void Engine_KnowsNoRule() =>
        Assert.DoesNotContain(Repository.Sources("src/ExecutionModel.Engine"), p => RuleWords().IsMatch(Repository.Read(p)));

    [Fact]
    public void Analyzers_DoNotLoadWorkspaces() =>
        Assert.DoesNotContain(Assemblies(typeof(RuleAnalyzer), typeof(ProgramModel)), name => name.Contains("Workspaces", StringComparison.Ordinal));

    [Fact]
    public void Arrows_RunOneWay()
    {
        Assert.DoesNotContain(Assemblies(typeof(ProgramModel)), name => name.StartsWith("ExecutionModel", StringComparison.Ordinal));
        Assert.DoesNotContain("ExecutionModel.Analyzers.CodeFixes", Assemblies(typeof(RuleAnalyzer)));
    }

    [Fact]
    public void NothingStatic_HoldsSymbols() => Assert.DoesNotContain(
        from type in typeof(ProgramModel).Assembly.GetTypes().Concat(typeof(RuleAnalyzer).Assembly.GetTypes())
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where !typeof(Delegate).IsAssignableFrom(field.FieldType) // a lambda without captures
        select $"{type.Name}.{field.Name}: {field.FieldType}",
        field => !field.Contains("ConditionalWeakTable", StringComparison.Ordinal) && HoldsProgram().IsMatch(field));

    private static IEnumerable<string> Assemblies(params Type[] types) => types.SelectMany(t => t.Assembly.GetReferencedAssemblies()).Select(a => a.Name!);

    [GeneratedRegex(@": .*(Symbol\b|SyntaxTree|SyntaxNode|SemanticModel|Compilation|IOperation)")]
    private static partial Regex HoldsProgram();

    [GeneratedRegex("GetTypes?ByMetadataName")]
    private static partial Regex ResolvesNames();

    [GeneratedRegex("Util|Helper|Common|Manager|Misc|Base(?![a-z])")]
    private static partial Regex Vague();

    [GeneratedRegex(@"#pragma warning disable|SuppressMessage")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"DiagnosticDescriptor|DiagnosticSeverity|EXM[0-9]{3}")]
    private static partial Regex RuleWords();
}
