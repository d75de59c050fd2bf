using System.Text.RegularExpressions;

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

    [GeneratedRegex("GetTypes?ByMetadataName")]
    private static partial Regex ResolvesNames();

    [GeneratedRegex("Util|Helper|Common|Manager|Misc|Base(?![a-z])")]
    private static partial Regex Vague();

    [GeneratedRegex(@"#pragma warning disable|SuppressMessage")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"DiagnosticDescriptor|DiagnosticSeverity|EXM[0-9]{3}")]
    private static partial Regex RuleWords();
}
