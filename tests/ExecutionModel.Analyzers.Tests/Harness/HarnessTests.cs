using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Tests.Harness.BadNameAnalyzer, ExecutionModel.Analyzers.Tests.Harness.BadNameCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>The harness accepts what is right and refuses what is wrong: a verifier that can't fail proves nothing.</summary>
public sealed class HarnessTests
{
    [Fact]
    public Task MarkedDiagnostic_Passes() => Verify.Analyzer("class C { int [|bad|]; int fine; }");

    [Fact]
    public Task NamedMark_Passes() => Verify.Analyzer("class C { int {|TST001:bad|}; }");

    [Fact]
    public Task SilentSource_Passes() => Verify.Analyzer("class C { int fine; }");

    [Fact]
    public Task MissingDiagnostic_Fails() => Fails(() => Verify.Analyzer("class C { int [|fine|]; }"), "expected \"1\" actual \"0\"", "NONE");

    [Fact]
    public Task UnexpectedDiagnostic_Fails() => Fails(() => Verify.Analyzer("class C { int bad; }"), "expected \"0\" actual \"1\"", "TST001");

    [Fact]
    public Task WrongSpan_Fails() => Fails(() => Verify.Analyzer("class C { [|int|] bad; }"), "Expected diagnostic to start at column");

    [Fact]
    public Task WrongId_Fails() => Fails(() => Verify.Analyzer("class C { int {|TST002:bad|}; }"), "Expected diagnostic id to be \"TST002\" was \"TST001\"");

    [Fact]
    public Task OneOfTwo_Fails() => Fails(() => Verify.Analyzer("class C { int [|bad|]; int bad2; }"), "expected \"1\" actual \"2\"");

    [Fact]
    public Task UnclosedMark_Fails() => Fails(() => Verify.Analyzer("class C { int [|bad; }"), "not closed");

    [Fact]
    public Task SuggestionReportedAsWarning_Fails() => Fails(() => Verify.Suggestion("class C { int [|bad|]; }"), "Expected diagnostic severity to be \"Info\" was \"Warning\"");

    [Fact]
    public Task WarningReportedAsSuggestion_Fails() => Fails(() => Verify.Analyzer("class C { int [|badly|]; }"), "Expected diagnostic severity to be \"Warning\" was \"Info\"");

    [Fact]
    public Task Suggestion_Passes() => Verify.Suggestion("class C { int [|badly|]; }");

    [Fact]
    public Task ListedResult_Passes() => Verify.Analyzer(
        "class C { {|#1:int {|#0:badly|}|}; }",
        Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithPartners(1).WithArguments("badly").WithMessageContaining("bad name"));

    [Fact]
    public Task ListedResultWithOtherMessage_Fails() => Fails(() => Verify.Analyzer("class C { int {|#0:bad|}; }", Verify.Diagnostic().WithLocation(0).WithMessage("other")), "Expected diagnostic message to be \"other\"");

    [Fact]
    public Task ListedResultWithOtherPartner_Fails() => Fails(() => Verify.Analyzer("class C { int {|#0:bad|}; }", Verify.Diagnostic().WithLocation(0).WithPartners(0)), "Expected diagnostic to start at column");

    [Fact]
    public Task ListedResultWithOtherSeverity_Fails() => Fails(() => Verify.Analyzer("class C { int {|#0:bad|}; }", Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info)), "Expected diagnostic severity to be \"Info\"");

    [Fact]
    public Task NestedMarks_Pass() => Verify.Analyzer("class C { {|#0:int [|bad|]|}; }");

    [Fact]
    public Task BrokenSource_Fails() => Fails(() => Verify.Analyzer("class C { int x = y; }"), "CS0103");

    [Fact]
    public Task BrokenSource_AllowedOnRequest() => Verify.Analyzer("class C { int [|bad|] = y; }", new TestSettings { AllowErrors = true });

    [Fact]
    public Task ThrowingAnalyzer_Fails() => Fails(() => Verify.Analyzer("class C { int badThrow; }"), "AD0001", "thrown on purpose");

    [Fact]
    public Task SecondFile_IsCompared() => Fails(() => Verify.Analyzer("class C;", new TestSettings { Sources = [new("D.cs", "class D { int bad; }")] }), "expected \"0\" actual \"1\"", "D.cs");

    [Fact]
    public Task SecondFile_MayBeMarked() => Verify.Analyzer("class C;", new TestSettings { Sources = [new("D.cs", "class D { int [|bad|]; }")] });

    [Fact]
    public Task Options_ReachTheAnalyzer() => Verify.Analyzer("class C { int bad; }", new TestSettings { Options = new Dictionary<string, string> { ["bad_name.allowed"] = "bad" } });

    [Fact]
    public async Task SeverityOption_ReachesTheResult()
    {
        var test = TestProject.Create("class C { int bad; }", new TestSettings { Options = new Dictionary<string, string> { ["dotnet_diagnostic.TST001.severity"] = "error" } });
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single((await Analysis.Run(test.Project, new BadNameAnalyzer())).Rules).Severity);
    }

    [Fact]
    public Task TopLevelStatements_MakeAProgram() => Verify.Analyzer("var [|bad|] = args.Length; Console.WriteLine(bad);");

    [Fact]
    public Task Net100_HasTheUsualLibraries() => Verify.Analyzer("""
        using Dapper;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        class Store : DbContext
        {
            public DbSet<object> Items => Set<object>();
            Task<IEnumerable<int>> Query(NpgsqlConnection c) => c.QueryAsync<int>("select 1");
            Task Each(int[] items) => Parallel.ForEachAsync(items, (i, t) => default);
            Task<List<object>> All() => Items.ToListAsync();
        }

        class Api : ControllerBase { Polly.ResiliencePipeline? p; IActionResult Get() => p is null ? Ok() : NotFound(); }
        """);

    [Fact]
    public Task NetStandard20_HasNoForEachAsync() => Fails(
        () => Verify.Analyzer("class C { Task M(int[] i) => Parallel.ForEachAsync(i, (x, t) => default); }", new TestSettings { References = References.NetStandard20 }), "ForEachAsync");

    [Fact]
    public Task NetStandard20_Compiles() => Verify.Analyzer("class C { Task<string> M(HttpClient c) => c.GetStringAsync(\"u\"); }", new TestSettings { References = References.NetStandard20 });

    [Fact]
    public Task Library_IsVisibleAsMetadata() => Verify.Analyzer("class C { Lib.L? l; }", new TestSettings { Library = "namespace Lib; public class L { public int bad; }" });

    [Fact]
    public Task Fix_Passes() => Verify.CodeFix("class C { int [|bad|]; }", "class C { int good; }");

    [Fact]
    public Task Fix_OfSuggestion_Passes() => Verify.SuggestionFix("class C { int [|badly|]; }", "class C { int goodly; }");

    [Fact]
    public Task Fix_OfSeveral_Passes() => Verify.CodeFix("class C { int [|bad|], x; int [|bad2|]; }", "class C { int good, x; int good2; }");

    [Fact]
    public Task Fix_InSeveralFiles_Passes() => Verify.CodeFix(
        "class C { int [|bad|]; }",
        "class C { int good; }",
        new TestSettings { Sources = [new("D.cs", "class D { int [|bad|]; }")], FixedSources = [new("D.cs", "class D { int good; }")] });

    [Fact]
    public Task Fix_WithOtherText_Fails() => Fails(() => Verify.CodeFix("class C { int [|bad|]; }", "class C { int better; }"), "did not match", "-class C { int better; }", "+class C { int good; }");

    [Fact]
    public Task Fix_InOtherFile_Fails() => Fails(
        () => Verify.CodeFix("class C { int [|bad|]; }", "class C { int good; }", new TestSettings { Sources = [new("D.cs", "class D { int [|bad|]; }")] }), "D.cs");

    [Fact]
    public Task Fix_WithOtherTitle_Fails() => Fails(() => Verify.CodeFix("class C { int [|bad|]; }", "class C { int good; }", new TestSettings { CodeActionTitle = "Other" }), "'Rename'", "'Other'");

    [Fact]
    public Task Fix_WithOtherIndex_Fails() => Fails(() => Verify.CodeFix("class C { int [|bad|]; }", "class C { int good; }", new TestSettings { CodeActionIndex = 1 }), "-class C { int good; }", "+class C { int bad; }");

    [Fact]
    public Task Fix_OfUnmarkedSource_Fails() => Fails(() => Verify.CodeFix("class C { int good; }", "class C { int good; }"), "change nothing");

    [Fact]
    public Task Fix_LeftoverNotMarked_Fails() => Fails(() => Verify.CodeFix("class C { int [|bad|]; }", "class C { int [|good|]; }"), "Context: Diagnostics of fixed state", "expected \"1\" actual \"0\"");

    [Fact]
    public Task Fix_KeepsCrLf() => Verify.CodeFix("class C\n{\n    int [|bad|];\n}\n", "class C\n{\n    int good;\n}\n", new TestSettings { NewLine = "\r\n" });

    [Fact]
    public Task BreakingFix_Fails() => Fails(() => With<BadNameCodeFix.Breaking>("class C { int [|bad|]; }", "class C { int 1bad; }"), "Context: Diagnostics of fixed state", "CS1519");

    [Fact]
    public Task FixWithNewWarning_Fails() => Fails(() => With<BadNameCodeFix.Warning>("class C { int [|bad|]; }", "class C { int good = 1; }"), "new compiler diagnostics", "CS0414");

    [Fact]
    public Task EndlessFix_Fails() => Fails(() => With<BadNameCodeFix.Endless>("class C { int [|bad|]; }", "class C { int [|bad1|]; }"), "-class C { int bad1; }", "+class C { int bad11; }");

    [Fact]
    public Task IdleFix_Fails() => Fails(() => With<BadNameCodeFix.Idle>("class C { int [|bad|]; }", "class C { int [|bad|]; }"), "change nothing");

    [Fact]
    public Task FixWithoutFixAll_Fails() => Fails(() => With<BadNameCodeFix.WithoutFixAll>("class C { int [|bad|]; }", "class C { int good; }"), "no FixAll");

    [Fact]
    public Task FixAllThatDiffers_Fails() => Fails(() => With<BadNameCodeFix.FixAllDiffers>("class C { int [|bad|]; }", "class C { int good; }"), "Context: Fix all in document", "+// fixed");

    [Fact]
    public Task AddedFileNotExpected_Fails() => Fails(() => With<BadNameCodeFix.AddingAFile>("class C { int [|bad|]; }", "class C { int good; }"), "contains '2' documents and 'updatedDocuments' contains '3'");

    [Fact]
    public Task NoCodeFix_ForFixable_Fails() => Fails(() => Verify.NoCodeFix("class C { int [|bad|]; }"), "-class C { int bad; }", "+class C { int good; }");

    [Fact]
    public Task NoCodeFix_WithoutDiagnostic_Fails() => Fails(() => Verify.NoCodeFix("class C { int good; }"), "Nothing is marked");

    [Fact]
    public Task NoCodeFix_Passes() => CodeFixVerifier<BadNameAnalyzer, EmptyCodeFix>.NoCodeFix("class C { int [|bad|]; }");

    private static Task With<TFix>(string before, string after) where TFix : BadNameCodeFix, new() => CodeFixVerifier<BadNameAnalyzer, TFix>.CodeFix(before, after);

    private static async Task Fails(Func<Task> verification, params string[] parts)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(verification);
        foreach (var part in parts) Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }
}
