using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.LimiterPerOperation.LimiterPerOperationAnalyzer, ExecutionModel.Analyzers.Rules.Budget.LimiterPerOperation.LimiterPerOperationCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM305 on the pipelines of Polly 8: one with a concurrency limiter limits those who share it.</summary>
public sealed class PipelineLimiterTests
{
    /// <summary>The limiter lives in Polly.RateLimiting; everything else is the real package.</summary>
    private static string Body(string members) =>
        $$"""
        using Polly;

        public sealed class Sample(HttpClient http)
        {
        {{members}}
        }

        namespace Polly
        {
            public static class RateLimiterResiliencePipelineBuilderExtensions
            {
                public static TBuilder AddConcurrencyLimiter<TBuilder>(this TBuilder builder, int permitLimit, int queueLimit = 0) where TBuilder : ResiliencePipelineBuilderBase => builder;
            }
        }

        """;

    [Theory]
    [InlineData("var pipeline = [|new ResiliencePipelineBuilder().AddConcurrencyLimiter(4).Build()|];")]
    [InlineData("var pipeline = [|new ResiliencePipelineBuilder().AddConcurrencyLimiter(limit, 100).AddTimeout(TimeSpan.FromSeconds(1)).Build()|];")]
    [InlineData("var pipeline = [|new ResiliencePipelineBuilder<string>().AddTimeout(TimeSpan.FromSeconds(1)).AddConcurrencyLimiter(4).Build()|];")]
    [InlineData("ResiliencePipeline pipeline = [|new ResiliencePipelineBuilder().AddConcurrencyLimiter(4).Build()|];")]
    public Task PipelineOfOneCall_Reports(string made) => Verify.Analyzer(Body($$"""
            public async Task<string> RunAsync(int limit)
            {
                {{made}}
                return await pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
            }
        """));

    [Theory]
    [InlineData("var pipeline = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(1)).Build();")]
    [InlineData("var pipeline = ResiliencePipeline.Empty;")]
    [InlineData("var pipeline = shared.AddConcurrencyLimiter(4).Build();")]
    public Task PipelineWithoutALimitOfItsOwn_IsSilent(string made) => Verify.Analyzer(Body($$"""
            public async Task<string> RunAsync(ResiliencePipelineBuilder shared)
            {
                {{made}}
                return await pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
            }
        """));

    [Fact]
    public Task PipelineInAField_IsSilent() => Verify.Analyzer(Body("""
            private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder().AddConcurrencyLimiter(4).Build();

            public async Task<string> RunAsync() => await pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
        """));

    [Fact]
    public Task PipelineThatIsReturned_IsSilent() => Verify.Analyzer(Body("""
            public async Task<ResiliencePipeline> MakeAsync()
            {
                var pipeline = new ResiliencePipelineBuilder().AddConcurrencyLimiter(4).Build();
                await pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
                return pipeline;
            }
        """));

    [Fact]
    public Task PipelineOfAllItems_IsSilent() => Verify.Analyzer(Body("""
            public async Task<string[]> AllAsync(string[] names)
            {
                var pipeline = new ResiliencePipelineBuilder().AddConcurrencyLimiter(4, 1000).Build();
                return await Task.WhenAll(names.Select(async name => await pipeline.ExecuteAsync(async stop => await http.GetStringAsync(name, stop))));
            }
        """));

    [Fact]
    public Task Fix_PipelineBecomesAField() => Verify.CodeFix(
        Body("""
            public async Task<string> RunAsync()
            {
                var pipeline = [|new ResiliencePipelineBuilder().AddConcurrencyLimiter(4, 100).AddTimeout(TimeSpan.FromSeconds(1)).Build()|];
                return await pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
            }
        """),
        Body("""
            private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder().AddConcurrencyLimiter(4, 100).AddTimeout(TimeSpan.FromSeconds(1)).Build();

            public async Task<string> RunAsync()
            {
                return await Pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
            }
        """));

    [Theory]
    [InlineData("AddConcurrencyLimiter(limit)")]
    [InlineData("AddConcurrencyLimiter(4).AddTimeout(Patience())")]
    public Task NoFix_WherePartsOfItAreKnownHereOnly(string link) => Verify.NoCodeFix(Body($$"""
            public async Task<string> RunAsync(int limit)
            {
                var pipeline = [|new ResiliencePipelineBuilder().{{link}}.Build()|];
                return await pipeline.ExecuteAsync(async stop => await http.GetStringAsync("a", stop));
            }

            private TimeSpan Patience() => TimeSpan.FromMilliseconds(http.Timeout.TotalMilliseconds / 2);
        """));
}
