using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.Rules.Waiting.BlockingWait;

/// <summary>Awaits the counterpart that the rule bound.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingWaitCodeFix() : CounterpartCodeFix(BlockingWaitAnalyzer.Id);
