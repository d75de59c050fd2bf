using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ExecutionModel.Analyzers.Tests.Differential;

public enum StepKind
{
    Read,
    ReadValue,
    DependentRead,
    Write,
    Fold,
    LeaveEarly,
    Arguments,
    Tuple,
    StartedBefore,
    Result,
    GetResult,
    Wait,
    Caught,
    LoopSum,
    LoopList,
    LoopContinue,
    LoopChain,
    LoopCarried,
    LoopBreak,
    LoopWrite,
}

/// <summary>One statement, or a few that belong together. The numbers choose among its variants.</summary>
public sealed record Step(StepKind Kind, int X, int Y);

/// <summary>The body of <c>static async Task&lt;int&gt; Run()</c>: waits, writes, folds and exits in any order.</summary>
public sealed record GeneratedProgram(int Number, IReadOnlyList<Step> Steps)
{
    public static Gen<IReadOnlyList<Step>> Bodies { get; } =
        from count in Gen.Choose(2, 8)
        from steps in (
            from kind in Gen.Frequency(
                (10, Gen.Constant(StepKind.Read)),
                (2, Gen.Constant(StepKind.ReadValue)),
                (3, Gen.Constant(StepKind.DependentRead)),
                (2, Gen.Constant(StepKind.Write)),
                (3, Gen.Constant(StepKind.Fold)),
                (1, Gen.Constant(StepKind.LeaveEarly)),
                (9, Gen.Elements(Enum.GetValues<StepKind>())))
            from x in Gen.Choose(0, 9)
            from y in Gen.Choose(0, 99)
            select new Step(kind, x, y)).ListOf(count)
        select (IReadOnlyList<Step>)steps;

    public bool HasLoop => Steps.Any(s => s.Kind >= StepKind.LoopSum);

    public bool Blocks => Steps.Any(s => s.Kind is StepKind.Result or StepKind.GetResult or StepKind.Wait);

    public string TypeName => "P" + Number.ToString(CultureInfo.InvariantCulture);

    public GeneratedProgram Without(int step) => this with { Steps = Steps.Where((_, i) => i != step).ToList() };

    public override string ToString()
    {
        var text = new StringBuilder();
        var known = new List<string> { "1" };
        for (var i = 0; i < Steps.Count; i++)
        {
            var (kind, x, y) = Steps[i];
            var value = known[y % known.Count];
            var first = $"Io.Read({i}, {x})";
            var second = $"Io.Read({i + 100}, {x + 1})";
            text.AppendLine("        " + kind switch
            {
                StepKind.Read => $"var a{i} = await {first};",
                StepKind.ReadValue => $"var a{i} = await Io.ReadValue({i}, {x});",
                StepKind.DependentRead => $"var a{i} = await Io.Read({i}, {value} % 10);",
                StepKind.Write => $"await Io.Write({i}, {value});",
                StepKind.Fold => $"state = state * 31 + {value};",
                StepKind.LeaveEarly => $"if ({value} % 5 == 3) return state;",
                StepKind.Arguments => $"state += Math.Max(await {first}, await {second});",
                StepKind.Tuple => $"var (a{i}, b{i}) = (await {first}, await {second});",
                StepKind.StartedBefore => $"var t{i} = {first};\nvar u{i} = {second};\nvar a{i} = await t{i};\nvar b{i} = await u{i};",
                StepKind.Result => $"var a{i} = {first}.Result;",
                StepKind.GetResult => $"state += {first}.GetAwaiter().GetResult() * 3;",
                StepKind.Wait => $"Io.Write({i}, {x}).Wait();",
                StepKind.Caught => $"try\n{{\nvar p = await {first};\nvar q = await {second};\nstate += p - q;\n}}\ncatch (InvalidDataException fault)\n{{\nstate = state * 31 + fault.Message.Length;\n}}",
                StepKind.LoopSum => $"foreach (var item in Io.Source({x + 2})) state = state * 31 + await Io.Read({i}, item);",
                StepKind.LoopList => $"var list{i} = new List<int>();\nforeach (var item in Io.Source({x + 2}))\n{{\nvar found = await Io.Read({i}, item);\nlist{i}.Add(found);\n}}\nforeach (var found in list{i}) state = state * 31 + found;",
                StepKind.LoopContinue => $"foreach (var item in Io.Source({x + 2}))\n{{\nif (item % 3 == 0) continue;\nvar found = await Io.Read({i}, item);\nif (found % 2 == 0) state = state * 31 + found;\n}}",
                StepKind.LoopChain => $"foreach (var item in Io.Source({x + 2}))\n{{\nvar id = await Io.Read({i}, item);\nvar found = await Io.Read({i + 100}, id);\nstate = state * 31 + found;\n}}",
                StepKind.LoopCarried => $"for (var n = 0; n < {x + 2}; n++) state = state * 31 + await Io.Read({i}, state % 7);",
                StepKind.LoopBreak => $"foreach (var item in Io.Source({x + 2}))\n{{\nvar found = await Io.Read({i}, item);\nif (found % 3 == 0) break;\nstate += found;\n}}",
                _ => $"foreach (var item in Io.Source({x + 2})) state += await Io.Write({i}, item);",
            });
            if (kind is StepKind.Read or StepKind.ReadValue or StepKind.DependentRead or StepKind.Tuple or StepKind.StartedBefore or StepKind.Result) known.Add("a" + i.ToString(CultureInfo.InvariantCulture));
            if (kind is StepKind.Tuple or StepKind.StartedBefore) known.Add("b" + i.ToString(CultureInfo.InvariantCulture));
        }

        return $$"""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;

            public static class {{TypeName}}
            {
                public static async Task<int> Run()
                {
                    var state = 7;
            {{text}}
                    return state{{string.Concat(known.Skip(1).Select(k => " + " + k))}};
                }
            }
            """;
    }
}
