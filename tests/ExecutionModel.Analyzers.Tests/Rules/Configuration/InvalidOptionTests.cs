using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Configuration.InvalidOption.InvalidOptionAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Configuration;

public sealed class InvalidOptionTests
{
    [Theory]
    [InlineData("execution_model.max_concurrency", "many", "a whole number above 0", "20")]
    [InlineData("execution_model.max_concurrency", "0", "a whole number above 0", "20")]
    [InlineData("execution_model.max_concurrency", "-4", "a whole number above 0", "20")]
    [InlineData("execution_model.max_concurrency", "1.5", "a whole number above 0", "20")]
    [InlineData("execution_model.max_concurrency", "99999999999", "a whole number above 0", "20")]
    [InlineData("execution_model.cpu_threshold_ms", "10ms", "a whole number above 0", "10")]
    [InlineData("execution_model.analyze_tests", "yes", "true or false", "false")]
    [InlineData("execution_model.confidence", "sure", "likely, certain", "likely")]
    [InlineData("execution_model.confidence", "unknown", "likely, certain", "likely")]
    [InlineData("execution_model.exception_order", "loose", "strict_where_caught, strict, relaxed", "strict_where_caught")]
    public Task Value_Reports(string key, string value, string expected, string used) => Verify.Analyzer(
        "{|#0:|}class C;",
        With(key, value),
        Verify.Diagnostic().WithLocation(0).WithArguments(key, value, expected, used));

    [Theory]
    [InlineData("execution_model.max_concurrency", "1")]
    [InlineData("execution_model.cpu_threshold_ms", "250")]
    [InlineData("execution_model.analyze_tests", "TRUE")]
    [InlineData("execution_model.confidence", "Certain")]
    [InlineData("execution_model.confidence", "likely # all")]
    [InlineData("execution_model.exception_order", "strict")]
    [InlineData("execution_model.unknown_key", "anything")]
    [InlineData("other.max_concurrency", "many")]
    public Task Value_IsSilent(string key, string value) => Verify.Analyzer("class C;", With(key, value));

    [Fact]
    public Task NoOptions_IsSilent() => Verify.Analyzer("class C;");

    [Fact]
    public Task SeveralFiles_ReportOnceOnTheFirst() => Verify.Analyzer("class C;", With("execution_model.confidence", "sure") with
    {
        Sources = [new("Zebra.cs", "class Z;"), new("Alpha.cs", "[||]class A;"), new("Beta.cs", "class B;")],
    });

    [Fact]
    public Task SeveralOptions_ReportEach() => Verify.Analyzer(
        "{|#0:|}class C;",
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "sure", ["execution_model.max_concurrency"] = "many" } },
        Verify.Diagnostic().WithLocation(0).WithMessageContaining("confidence"),
        Verify.Diagnostic().WithLocation(0).WithMessageContaining("max_concurrency"));

    [Fact]
    public Task GlobalConfig_Reports() => Verify.Analyzer(
        "[||]class C;",
        new TestSettings { GlobalOptions = new Dictionary<string, string> { ["execution_model.confidence"] = "sure" } });

    [Fact]
    public Task GeneratedFile_IsNotThePlace() => Verify.Analyzer("[||]class C;", With("execution_model.confidence", "sure") with
    {
        Sources = [new("Alpha.g.cs", "class A;")],
    });

    private static TestSettings With(string key, string value) => new() { Options = new Dictionary<string, string> { [key] = value } };
}
