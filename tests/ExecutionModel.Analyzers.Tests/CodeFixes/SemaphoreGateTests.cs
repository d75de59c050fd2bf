using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Tests.CodeFixes;

public sealed class SemaphoreGateTests
{
    private static readonly Layout Allman = new("\n", "    ", "    ", BraceOnOwnLine: true);

    [Fact]
    public void Gate_AroundAResult_EntersAndLeavesOnce() => Assert.Equal(
        """
        x => 
            {
                await gate.WaitAsync(stop);
                try
                {
                    return await F(
                        x);
                }
                finally
                {
                    gate.Release();
                }
            }
        """.Replace("=> \n", "=>\n", StringComparison.Ordinal),
        Written(new SemaphoreGate("gate", SyntaxFactory.ParseExpression("stop"), KeepsContext: true), returns: true, Allman));

    [Fact]
    public void Gate_WithoutTokenContextAndResult_InBracesAtTheLineEnd() => Assert.Equal(
        """
        x => {
            await gate.WaitAsync().ConfigureAwait(false);
            try {
                await F(
                    x);
            } finally {
                gate.Release();
            }
        }
        """,
        Written(new SemaphoreGate("gate", null, KeepsContext: false), returns: false, Allman with { Indent = "", BraceOnOwnLine = false }));

    private static string Written(SemaphoreGate gate, bool returns, Layout layout)
    {
        var lambda = (LambdaExpressionSyntax)SyntaxFactory.ParseExpression("x => await F(\n    x)");
        return BlockBody.Of(lambda, gate.Around(lambda.ExpressionBody!, returns, "", layout), layout).ToFullString();
    }
}
