using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Tests.Rules.Waiting.NaiveSequentialAwaits, ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>What EXM101's fix does to the text around: names in scope, comments, directives, line ends, braces, several groups and files.</summary>
public sealed class SequentialAwaitsFixTextTests
{
    private const string Api = """
        public static class Api
        {
            public static async Task<int> GetA(int x = 0) { await Task.Yield(); return x; }
            public static async Task<string> GetB(string x = "") { await Task.Yield(); return x; }
            public static async Task<int> GetWith(Func<Task<int>> f) => await f();
            public static async Task<Stream> GetStream() { await Task.Yield(); return Stream.Null; }
            public static async Task<MemoryStream> GetMemory() { await Task.Yield(); return new MemoryStream(); }
        }
        """;

    private static readonly TestSettings Net = new() { Library = Api };

    [Fact]
    public Task Fix_Comments_StayWithTheirStatements() => Verify.CodeFix(
        """
        class C
        {
            async Task M()
            {
                // section

                // a
                var a = [|await Api.GetA(/* one */ 1)|]; // EXM101

                /* b */
                var b = await Api.GetB(); // last
                // end
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                // section

                var aTask = Api.GetA(/* one */ 1);
                var bTask = Api.GetB();
                await Task.WhenAll(aTask, bTask);
                // a
                var a = await aTask; // EXM101

                /* b */
                var b = await bTask; // last
                // end
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_CommentThatWouldBeLost_NotOffered() => Verify.NoCodeFix(
        """
        class C
        {
            async Task M()
            {
                var a = [|await Api.GetA() // why
                    .ConfigureAwait(false)|];
                var b = await Api.GetB();
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_ChainOverSeveralLines_KeepsItsShape() => Verify.CodeFix(
        """
        class C
        {
            async Task M()
            {
                var a = [|await Api
                    .GetA(
                        1)
                    .ConfigureAwait(false)|];
                var b = await Api
                    .GetB();
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                var aTask = Api
                    .GetA(
                        1);
                var bTask = Api
                    .GetB();
                await Task.WhenAll(aTask, bTask).ConfigureAwait(false);
                var a = await aTask.ConfigureAwait(false);
                var b = await bTask;
            }
        }
        """,
        Net);

    [Theory]
    [InlineData("#region r", "#endregion")]
    [InlineData("#if DEBUG", "#endif")]
    [InlineData("#pragma warning disable CS0168", "#pragma warning restore CS0168")]
    public Task Fix_DirectiveBetween_NotOffered(string open, string close) => Verify.NoCodeFix(
        $$"""
        class C
        {
            async Task M()
            {
                var a = [|await Api.GetA()|];
        {{open}}
                Console.WriteLine();
        {{close}}
                var b = await Api.GetB();
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_DirectivesAround_StayAround() => Verify.CodeFix(
        """
        class C
        {
            async Task M()
            {
                #region load
                var a = [|await Api.GetA()|];
                var b = await Api.GetB();
                #endregion
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                #region load
                var aTask = Api.GetA();
                var bTask = Api.GetB();
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                #endregion
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_WindowsLineEnds_Stay() => Verify.CodeFix(
        """
        class C
        {
            async Task<int> M() => [|await Api.GetA()|] + await Api.GetA(1);
            async Task N(bool yes)
            {
                if (yes) Console.WriteLine([|await Api.GetA()|] + await Api.GetA(1));
            }
        }
        """,
        """
        class C
        {
            async Task<int> M()
            {
                var aTask = Api.GetA();
                var aTask2 = Api.GetA(1);
                await Task.WhenAll(aTask, aTask2);
                return await aTask + await aTask2;
            }
            async Task N(bool yes)
            {
                if (yes)
                {
                    var aTask = Api.GetA();
                    var aTask2 = Api.GetA(1);
                    await Task.WhenAll(aTask, aTask2);
                    Console.WriteLine(await aTask + await aTask2);
                }
            }
        }
        """,
        Net with { NewLine = "\r\n" });

    [Fact]
    public Task Fix_TabsAndBracesAtTheLineEnd_Stay() => Verify.CodeFix(
        "class C {\n\tasync Task<int> M() => [|await Api.GetA()|] + await Api.GetA(1);\n\tasync Task N(bool yes) {\n\t\tif (yes) Console.WriteLine([|await Api.GetA()|] + await Api.GetA(1));\n\t}\n}\n",
        "class C {\n\tasync Task<int> M() {\n\t\tvar aTask = Api.GetA();\n\t\tvar aTask2 = Api.GetA(1);\n\t\tawait Task.WhenAll(aTask, aTask2);\n\t\treturn await aTask + await aTask2;\n\t}\n\tasync Task N(bool yes) {\n\t\tif (yes) {\n\t\t\tvar aTask = Api.GetA();\n\t\t\tvar aTask2 = Api.GetA(1);\n\t\t\tawait Task.WhenAll(aTask, aTask2);\n\t\t\tConsole.WriteLine(await aTask + await aTask2);\n\t\t}\n\t}\n}\n",
        Net);

    [Fact]
    public Task Fix_BlockOnOneLine_StaysOnOneLine() => Verify.CodeFix(
        """
        class C
        {
            Func<Task> f = async () => { var a = [|await Api.GetA()|]; var b = await Api.GetB(); };
            async Task M()
            {
                try { var a = [|await Api.GetA()|]; var b = await Api.GetB(); } catch (IOException) { }
            }
        }
        """,
        """
        class C
        {
            Func<Task> f = async () => { var aTask = Api.GetA(); var bTask = Api.GetB(); await Task.WhenAll(aTask, bTask); var a = await aTask; var b = await bTask; };
            async Task M()
            {
                try { var aTask = Api.GetA(); var bTask = Api.GetB(); await Task.WhenAll(aTask, bTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext); var a = await aTask; var b = await bTask; } catch (IOException) { }
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_WithoutUsing_QualifiesTask() => Verify.CodeFix(
        """
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                var a = [|await Api.GetA()|];
                var b = await Api.GetB();
            }
        }
        """,
        """
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                var aTask = Api.GetA();
                var bTask = Api.GetB();
                await System.Threading.Tasks.Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
            }
        }
        """,
        Net with { ImplicitUsings = false });

    [Fact]
    public Task Fix_OtherTypeNamedTask_QualifiesTask() => Verify.CodeFix(
        """
        class Task { public string Title = ""; }
        class C
        {
            async ValueTask M()
            {
                var a = [|await Api.GetA()|];
                var b = await Api.GetB();
            }
        }
        """,
        """
        class Task { public string Title = ""; }
        class C
        {
            async ValueTask M()
            {
                var aTask = Api.GetA();
                var bTask = Api.GetB();
                await System.Threading.Tasks.Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_MemberNamedTaskAndNamespaceNamedSystem_QualifiesFromTheRoot() => Verify.CodeFix(
        """
        namespace App.System { class Other; }
        namespace App
        {
            class C
            {
                public string Task = "";
                async ValueTask M()
                {
                    try
                    {
                        var a = [|await Api.GetA()|];
                        var b = await Api.GetA();
                    }
                    catch (IOException)
                    {
                    }
                }
            }
        }
        """,
        """
        namespace App.System { class Other; }
        namespace App
        {
            class C
            {
                public string Task = "";
                async ValueTask M()
                {
                    try
                    {
                        var aTask = Api.GetA();
                        var bTask = Api.GetA();
                        await ((global::System.Threading.Tasks.Task)global::System.Threading.Tasks.Task.WhenAll(aTask, bTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                        var a = await aTask;
                        var b = await bTask;
                    }
                    catch (IOException)
                    {
                    }
                }
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_TasksOfBaseAndDerivedResults_NeedNoCast() => Verify.CodeFix(
        """
        class C
        {
            async Task M()
            {
                try
                {
                    Stream a = [|await Api.GetStream()|];
                    Stream b = await Api.GetMemory();
                }
                catch (IOException)
                {
                }
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                try
                {
                    var aTask = Api.GetStream();
                    var bTask = Api.GetMemory();
                    await Task.WhenAll(aTask, bTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                    Stream a = await aTask;
                    Stream b = await bTask;
                }
                catch (IOException)
                {
                }
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_GroupInsideAnOperandOfAGroup_BothAreFixed() => Verify.CodeFix(
        """
        class C
        {
            async Task M()
            {
                var a = [|await Api.GetWith(async () =>
                {
                    var x = [|await Api.GetA(1)|];
                    var y = await Api.GetA(2);
                    return x + y;
                })|];
                var b = await Api.GetB();
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                var aTask = Api.GetWith(async () =>
                {
                    var xTask = Api.GetA(1);
                    var yTask = Api.GetA(2);
                    await Task.WhenAll(xTask, yTask);
                    var x = await xTask;
                    var y = await yTask;
                    return x + y;
                });
                var bTask = Api.GetB();
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_ExpressionGroupsNestedInOneAnother_BothAreFixed() => Verify.CodeFix(
        """
        class C
        {
            async Task<int> M() => [|await Api.GetWith(async () => [|await Api.GetA(1)|] + await Api.GetA(2))|] + await Api.GetA();
        }
        """,
        """
        class C
        {
            async Task<int> M()
            {
                var withTask = Api.GetWith(async () =>
                {
                    var aTask2 = Api.GetA(1);
                    var aTask3 = Api.GetA(2);
                    await Task.WhenAll(aTask2, aTask3);
                    return await aTask2 + await aTask3;
                });
                var aTask = Api.GetA();
                await Task.WhenAll(withTask, aTask);
                return await withTask + await aTask;
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_SeveralFiles_AreFixedOnce() => Verify.CodeFix(
        "class C { async Task M() { var a = [|await Api.GetA()|]; var b = await Api.GetB(); } }",
        "class C { async Task M() { var aTask = Api.GetA(); var bTask = Api.GetB(); await Task.WhenAll(aTask, bTask); var a = await aTask; var b = await bTask; } }",
        Net with
        {
            Sources = [new("D.cs", "class D { async Task M() { var a = [|await Api.GetA()|]; var b = await Api.GetB(); } }"), new("E.cs", "class E;")],
            FixedSources = [new("D.cs", "class D { async Task M() { var aTask = Api.GetA(); var bTask = Api.GetB(); await Task.WhenAll(aTask, bTask); var a = await aTask; var b = await bTask; } }"), new("E.cs", "class E;")],
        });

    [Fact]
    public Task Fix_GeneratedCodeAndPragmas_AreLeftAlone() => Verify.CodeFix(
        """
        class C
        {
            async Task M() { var a = [|await Api.GetA()|]; var b = await Api.GetB(); }
        #pragma warning disable EXM101
            async Task N() { var a = await Api.GetA(); var b = await Api.GetB(); }
        }
        """,
        """
        class C
        {
            async Task M() { var aTask = Api.GetA(); var bTask = Api.GetB(); await Task.WhenAll(aTask, bTask); var a = await aTask; var b = await bTask; }
        #pragma warning disable EXM101
            async Task N() { var a = await Api.GetA(); var b = await Api.GetB(); }
        }
        """,
        Net with { Sources = [new("D.g.cs", "// <auto-generated/>\nclass D { async Task M() { var a = await Api.GetA(); var b = await Api.GetB(); } }")] });

    [Theory]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] class C { PAIR }")]
    [InlineData("class C { [System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] PAIR }")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] class C { class D { PAIR } }")]
    [InlineData("// <autogenerated>\nclass C { PAIR }")]
    public Task GeneratedMember_IsSilent(string source) =>
        Verify.Analyzer(source.Replace("PAIR", "async Task M() { var a = await Api.GetA(); var b = await Api.GetB(); }", StringComparison.Ordinal), Net);

    [Fact]
    public Task Fix_WhatTheRuleDidNotProve_IsNotOffered() => Verify.NoCodeFix(
        """
        class C
        {
            async Task Unproved()
            {
                var a = [|await Api.GetA()|];
                var b = await Api.GetB();
            }
        }
        """,
        Net);
}
