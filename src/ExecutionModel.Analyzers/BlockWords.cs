using ExecutionModel.Engine;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers;

/// <summary>The cheapest question about a member, asked before its operations are walked.</summary>
internal static class BlockWords
{
    /// <summary>One of the words stands as the name of something called or made there.</summary>
    public static bool Writes(this OperationBlockAnalysisContext block, ProgramModel model, WordSet words)
    {
        foreach (var part in block.OperationBlocks)
        {
            if (model.Words.HasAny(part.Syntax.SyntaxTree, part.Syntax.Span, words)) return true;
        }

        return false;
    }
}
