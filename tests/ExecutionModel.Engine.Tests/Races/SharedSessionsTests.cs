using ExecutionModel.Engine.Races;

namespace ExecutionModel.Engine.Tests.Races;

/// <summary>Which object two operations in flight share, and how sure that is.</summary>
public sealed class SharedSessionsTests
{
    [Theory]
    [InlineData("await Task.WhenAll(reader.ReadLineAsync(), reader.ReadLineAsync());", "reader Certain")]
    [InlineData("await Task.WhenAll(reader.ReadLineAsync(), other.ReadLineAsync());", "")]
    [InlineData("var alias = reader; await Task.WhenAll(reader.ReadLineAsync(), alias.ReadLineAsync());", "reader Certain")]
    [InlineData("await Task.WhenAll(stream.ReadAsync(buffer, 0, 1), stream.WriteAsync(buffer, 0, 1));", "")]
    [InlineData("await Task.WhenAll(AskAsync(reader), AskAsync(reader));", "reader Certain")]
    [InlineData("await Task.WhenAll(AskAsync(reader), AskAsync(other));", "")]
    [InlineData("await Task.WhenAll(box.NextAsync(), box.NextAsync());", "kept Certain")]
    [InlineData("await Task.WhenAll(box.NextAsync(), new Box(reader).NextAsync());", "")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(async i => { using var own = File.OpenText(\"\"); await own.ReadLineAsync(); }));", "")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(async i => await reader.ReadLineAsync()));", "reader Certain")]
    public void In_NamesTheObject(string statements, string expected)
    {
        var program = TestProgram.Of($$"""
            sealed class Box(StreamReader reader)
            {
                private readonly StreamReader kept = reader;

                public async Task<string?> NextAsync() => await kept.ReadLineAsync();
            }

            sealed class C
            {
                async Task M(StreamReader reader, StreamReader other, Stream stream, byte[] buffer, Box box)
                {
                    {{statements}}
                }

                static async Task<string?> AskAsync(StreamReader from) => await from.ReadLineAsync();
            }
            """);
        var found = SharedSessions.In(program.Model, program.Model.SourceBodies.Of(program.Method("C", "M"))!);
        Assert.Equal(expected, string.Join(", ", found.Select(f => $"{f.Use.Session.Name} {f.Confidence}")));
    }
}
