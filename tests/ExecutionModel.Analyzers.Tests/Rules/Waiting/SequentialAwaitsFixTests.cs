using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Tests.Rules.Waiting.NaiveSequentialAwaits, ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>The rewriting of EXM101 shape by shape, on the groups of <see cref="NaiveSequentialAwaits"/>.</summary>
public sealed class SequentialAwaitsFixTests
{
    private const string Api = """
        public static class Api
        {
            public static async Task<int> GetA(int x = 0) { await Task.Yield(); return x; }
            public static async Task<string> GetB(string x = "") { await Task.Yield(); return x; }
            public static async Task<string?> GetMaybe() { await Task.Yield(); return null; }
            public static async Task GetDone() => await Task.Yield();
            public static async ValueTask<int> GetV() { await Task.Yield(); return 1; }
            public static async ValueTask GetVDone() => await Task.Yield();
            public static async Task<int> GetUserAsync() { await Task.Yield(); return 1; }
            public static async Task<int> GetOrdersAsync() { await Task.Yield(); return 1; }
            public static Task<int> GetOut(out int x) { x = 1; return GetA(); }
            public static async Task<int> GetWith(Func<Task<int>> f) => await f();
            public static System.Runtime.CompilerServices.YieldAwaitable GetYield() => Task.Yield();
        }
        """;

    private static readonly TestSettings Net = new() { Library = Api };
    private static readonly TestSettings Old = new() { ImplicitUsings = false, References = References.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3, Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable };

    private static string Body(string statements, string signature = "async Task M()") =>
        $$"""
        class C
        {
            {{signature}}
            {
                {{statements.ReplaceLineEndings("\n").Replace("\n", "\n        ", StringComparison.Ordinal).Replace("\n        \n", "\n\n", StringComparison.Ordinal)}}
            }
        }
        """;

    private static Task Fix(string before, string after, TestSettings? settings = null, string signature = "async Task M()") =>
        Verify.CodeFix(Body(before, signature), Body(after, signature), settings ?? Net);

    private static Task NoFix(string statements, TestSettings? settings = null, string signature = "async Task M()") =>
        Verify.NoCodeFix(Body(statements, signature), settings ?? Net);

    [Fact]
    public Task Fix_TwoDeclarations_StartJoinAwait() => Fix(
        """
        var a = [|await Api.GetA(1)|];
        var b = await Api.GetB("b");
        """,
        """
        var aTask = Api.GetA(1);
        var bTask = Api.GetB("b");
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask;
        """);

    [Fact]
    public Task Fix_LocalsNamedLikeTasks_NamesStayUnique() => Fix(
        """
        var aTask = 1;
        Func<int, int> f = bTask => bTask;
        var a = [|await Api.GetA(aTask)|];
        var b = await Api.GetB();
        if ((object)b is string bTask2) f(bTask2.Length);
        """,
        """
        var aTask = 1;
        Func<int, int> f = bTask => bTask;
        var aTask2 = Api.GetA(aTask);
        var bTask3 = Api.GetB();
        await Task.WhenAll(aTask2, bTask3);
        var a = await aTask2;
        var b = await bTask3;
        if ((object)b is string bTask2) f(bTask2.Length);
        """);

    [Fact]
    public Task Fix_ParameterNamedLikeTask_NameStaysUnique() => Fix(
        """
        var a = [|await Api.GetA()|];
        var b = await Api.GetB();
        """,
        """
        var aTask2 = Api.GetA();
        var bTask = Api.GetB();
        await Task.WhenAll(aTask2, bTask);
        var a = await aTask2;
        var b = await bTask;
        """,
        signature: "async Task M(int aTask)");

    [Fact]
    public Task Fix_FieldUsedByTheName_IsNotHidden() => Verify.CodeFix(
        """
        class C
        {
            int aTask = 1;
            async Task<int> M()
            {
                var a = [|await Api.GetA()|];
                var b = await Api.GetB();
                return a + aTask;
            }
        }
        """,
        """
        class C
        {
            int aTask = 1;
            async Task<int> M()
            {
                var aTask2 = Api.GetA();
                var bTask = Api.GetB();
                await Task.WhenAll(aTask2, bTask);
                var a = await aTask2;
                var b = await bTask;
                return a + aTask;
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_SiblingBlocks_MayReuseNames() => Fix(
        """
        if (yes)
        {
            var a = [|await Api.GetA()|];
            var b = await Api.GetB();
        }
        else
        {
            var a = [|await Api.GetA()|];
            var b = await Api.GetB();
        }
        """,
        """
        if (yes)
        {
            var aTask = Api.GetA();
            var bTask = Api.GetB();
            await Task.WhenAll(aTask, bTask);
            var a = await aTask;
            var b = await bTask;
        }
        else
        {
            var aTask = Api.GetA();
            var bTask = Api.GetB();
            await Task.WhenAll(aTask, bTask);
            var a = await aTask;
            var b = await bTask;
        }
        """,
        signature: "async Task M(bool yes)");

    [Fact]
    public Task Fix_ExplicitTypesAndAnnotations_Stay() => Fix(
        """
        long a = [|await Api.GetA()|];
        string? b = await Api.GetMaybe();
        object c = await Api.GetB();
        """,
        """
        var aTask = Api.GetA();
        var bTask = Api.GetMaybe();
        var cTask = Api.GetB();
        await Task.WhenAll(aTask, bTask, cTask);
        long a = await aTask;
        string? b = await bTask;
        object c = await cTask;
        """);

    [Fact]
    public Task Fix_AssignmentsToLocalFieldProperty() => Verify.CodeFix(
        """
        class C
        {
            int _user;
            string Name { get; set; } = "";
            async Task M()
            {
                int a;
                a = [|await Api.GetA()|];
                _user = await Api.GetA(2);
                this.Name = await Api.GetB();
            }
        }
        """,
        """
        class C
        {
            int _user;
            string Name { get; set; } = "";
            async Task M()
            {
                int a;
                var aTask = Api.GetA();
                var userTask = Api.GetA(2);
                var nameTask = Api.GetB();
                await Task.WhenAll(aTask, userTask, nameTask);
                a = await aTask;
                _user = await userTask;
                this.Name = await nameTask;
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_CallInAssignmentTarget_NotOffered() => Verify.NoCodeFix(
        """
        class C
        {
            int P { get; set; }
            C Next() => this;
            async Task M()
            {
                Next().P = [|await Api.GetA()|];
                Next().P = await Api.GetA();
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_StatementsAndDiscards_NamedAfterTheMethod() => Fix(
        """
        [|await Api.GetDone()|];
        _ = await Api.GetUserAsync();
        await Api.GetOrdersAsync();
        await Api.GetOrdersAsync();
        """,
        """
        var doneTask = Api.GetDone();
        var userTask = Api.GetUserAsync();
        var ordersTask = Api.GetOrdersAsync();
        var ordersTask2 = Api.GetOrdersAsync();
        await Task.WhenAll(doneTask, userTask, ordersTask, ordersTask2);
        await doneTask;
        _ = await userTask;
        await ordersTask;
        await ordersTask2;
        """);

    [Fact]
    public Task Fix_ConfigureAwaitFalse_OnAwaitsAndJoin() => Fix(
        """
        var a = [|await Api.GetA().ConfigureAwait(false)|];
        var b = await Api.GetB().ConfigureAwait(continueOnCapturedContext: false);
        """,
        """
        var aTask = Api.GetA();
        var bTask = Api.GetB();
        await Task.WhenAll(aTask, bTask).ConfigureAwait(false);
        var a = await aTask.ConfigureAwait(false);
        var b = await bTask.ConfigureAwait(continueOnCapturedContext: false);
        """);

    [Fact]
    public Task Fix_MixedConfigureAwait_JoinFollowsTheFirst() => Fix(
        """
        var a = [|await Api.GetA()|];
        var b = await Api.GetB().ConfigureAwait(false);
        """,
        """
        var aTask = Api.GetA();
        var bTask = Api.GetB();
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask.ConfigureAwait(false);
        """);

    [Fact]
    public Task Fix_ConfigureAwaitOfAVariable_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA().ConfigureAwait(keep)|];
        var b = await Api.GetB();
        """,
        signature: "async Task M(bool keep)");

    [Fact]
    public Task Fix_ValueTasks_BecomeTasksOnce() => Fix(
        """
        var a = [|await Api.GetV()|];
        await Api.GetVDone().ConfigureAwait(false);
        var b = await (yes ? Api.GetV() : Api.GetV());
        """,
        """
        var aTask = Api.GetV().AsTask();
        var vDoneTask = Api.GetVDone().AsTask();
        var bTask = (yes ? Api.GetV() : Api.GetV()).AsTask();
        await Task.WhenAll(aTask, vDoneTask, bTask);
        var a = await aTask;
        await vDoneTask.ConfigureAwait(false);
        var b = await bTask;
        """,
        signature: "async Task M(bool yes)");

    [Fact]
    public Task Fix_CustomAwaitable_NotOffered() => NoFix(
        """
        [|await Api.GetYield()|];
        var b = await Api.GetB();
        """);

    [Fact]
    public Task Fix_ConditionalOperand_StartsWhole() => Fix(
        """
        var a = [|await (yes ? Api.GetA(1) : Api.GetA(2))|];
        var b = await Api.GetB();
        """,
        """
        var aTask = yes ? Api.GetA(1) : Api.GetA(2);
        var bTask = Api.GetB();
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask;
        """,
        signature: "async Task M(bool yes)");

    [Fact]
    public Task Fix_DynamicOperand_NotOffered() => NoFix(
        """
        var a = [|await d.GetA()|];
        var b = await Api.GetB();
        """,
        signature: "async Task M(dynamic d)");

    [Fact]
    public Task Fix_Tuple_StartsBeforeTheStatement() => Fix(
        """
        var pair = ([|await Api.GetA()|], await Api.GetB());
        """,
        """
        var aTask = Api.GetA();
        var bTask = Api.GetB();
        await Task.WhenAll(aTask, bTask);
        var pair = (await aTask, await bTask);
        """);

    [Fact]
    public Task Fix_Deconstruction_StartsBeforeTheStatement() => Fix(
        """
        var (user, orders) = ([|await Api.GetUserAsync()|], await Api.GetOrdersAsync());
        """,
        """
        var userTask = Api.GetUserAsync();
        var ordersTask = Api.GetOrdersAsync();
        await Task.WhenAll(userTask, ordersTask);
        var (user, orders) = (await userTask, await ordersTask);
        """);

    [Fact]
    public Task Fix_ArgumentsAndReturn_StartBeforeTheStatement() => Fix(
        """
        return string.Concat([|await Api.GetB("x")|], "-", await Api.GetB("y"));
        """,
        """
        var bTask = Api.GetB("x");
        var bTask2 = Api.GetB("y");
        await Task.WhenAll(bTask, bTask2);
        return string.Concat(await bTask, "-", await bTask2);
        """,
        signature: "async Task<string> M()");

    [Fact]
    public Task Fix_NamedArguments_NameTheTasks() => Fix(
        """
        return string.Join(separator: [|await Api.GetB("x")|], value: new[] { await Api.GetB("y") });
        """,
        """
        var separatorTask = Api.GetB("x");
        var bTask = Api.GetB("y");
        await Task.WhenAll(separatorTask, bTask);
        return string.Join(separator: await separatorTask, value: new[] { await bTask });
        """,
        signature: "async Task<string> M()");

    [Fact]
    public Task Fix_ObjectInitializer_NamedAfterItsMembers() => Verify.CodeFix(
        """
        class D { public int Id; public int User; public string Name = ""; }
        class C
        {
            async Task<D> M(int id)
            {
                return new D
                {
                    Id = id,
                    User = [|await Api.GetA(
                        id)|],
                    Name = await Api.GetB(), // by name
                };
            }
        }
        """,
        """
        class D { public int Id; public int User; public string Name = ""; }
        class C
        {
            async Task<D> M(int id)
            {
                var userTask = Api.GetA(
                    id);
                var nameTask = Api.GetB();
                await Task.WhenAll(userTask, nameTask);
                return new D
                {
                    Id = id,
                    User = await userTask,
                    Name = await nameTask, // by name
                };
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_CollectionExpressionInterpolationAndOperands() => Fix(
        """
        int[] all = [[|await Api.GetA(1)|], await Api.GetA(2)];
        var text = $"{await Api.GetB()} {await Api.GetA(3)}";
        return all[0] + text.Length + await Api.GetA(4) * await Api.GetA(5);
        """,
        """
        var aTask = Api.GetA(1);
        var aTask2 = Api.GetA(2);
        var bTask = Api.GetB();
        var aTask3 = Api.GetA(3);
        var aTask4 = Api.GetA(4);
        var aTask5 = Api.GetA(5);
        await Task.WhenAll(aTask, aTask2, bTask, aTask3, aTask4, aTask5);
        int[] all = [await aTask, await aTask2];
        var text = $"{await bTask} {await aTask3}";
        return all[0] + text.Length + await aTask4 * await aTask5;
        """,
        signature: "async Task<int> M()");

    [Fact]
    public Task Fix_NestedAwaitInTheFirstStart_IsAwaitedBefore() => Fix(
        """
        var a = [|await Api.GetA(await Task.FromResult(1))|];
        var b = await Api.GetB();
        """,
        """
        var aTask = Api.GetA(await Task.FromResult(1));
        var bTask = Api.GetB();
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask;
        """);

    [Fact]
    public Task Fix_NestedAwaitInALaterStart_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA()|];
        var b = await Api.GetB(await Task.FromResult("b"));
        """);

    [Theory]
    [InlineData("var x = yes && [|await Api.GetA()|] > 0 && await Api.GetA() > 1;")]
    [InlineData("var x = yes ? [|await Api.GetA()|] : await Api.GetA(1);")]
    [InlineData("var x = [|await Api.GetMaybe()|] ?? await Api.GetB();")]
    [InlineData("var x = (await Api.GetMaybe())?.Insert([|await Api.GetA()|], await Api.GetB());")]
    [InlineData("var x = yes switch { true => [|await Api.GetA()|], false => await Api.GetA(1) };")]
    [InlineData("string? s = null; s ??= [|await Api.GetB()|] + await Api.GetB();")]
    public Task Fix_AwaitUnderACondition_NotOffered(string statement) =>
        NoFix(statement.Contains("Maybe())?", StringComparison.Ordinal) ? statement.Replace("(await Api.GetMaybe())?", "(\"\" as string)?", StringComparison.Ordinal) : statement, signature: "async Task M(bool yes)");

    [Theory]
    [InlineData("while ([|await Api.GetA()|] < await Api.GetA()) { }")]
    [InlineData("using var x = new StringReader([|await Api.GetB()|] + await Api.GetB());")]
    [InlineData("for (var i = [|await Api.GetA()|]; i < await Api.GetA(); i++) { }")]
    [InlineData("again: var x = [|await Api.GetA()|] + await Api.GetA();\nif (x > 0) goto again;")]
    public Task Fix_AwaitInAHeaderOrUsing_NotOffered(string statement) => NoFix(statement);

    [Fact]
    public Task Fix_AwaitInIfCondition_StartsBeforeTheIf() => Fix(
        """
        if ([|await Api.GetA()|] > await Api.GetA(1))
        {
            Console.WriteLine();
        }
        """,
        """
        var aTask = Api.GetA();
        var aTask2 = Api.GetA(1);
        await Task.WhenAll(aTask, aTask2);
        if (await aTask > await aTask2)
        {
            Console.WriteLine();
        }
        """);

    [Fact]
    public Task Fix_ExpressionBodiedMethod_BecomesABlock() => Verify.CodeFix(
        """
        class C
        {
            async Task<int> M() => [|await Api.GetA()|] + await Api.GetA(1); // sum

            async Task N()
                => Console.WriteLine(
                    [|await Api.GetA()|] +
                    await Api.GetB());
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
            } // sum

            async Task N()
            {
                var aTask = Api.GetA();
                var bTask = Api.GetB();
                await Task.WhenAll(aTask, bTask);
                Console.WriteLine(
                    await aTask +
                    await bTask);
            }
        }
        """,
        Net);

    [Fact]
    public Task Fix_ExpressionLambda_KeepsItsDelegate() => Fix(
        """
        Func<int, Task<int>> f = async x => [|await Api.GetA(x)|] + await Api.GetA(1);
        Func<Task> g = async () => string.Concat([|await Api.GetB()|], await Api.GetB());
        """,
        """
        Func<int, Task<int>> f = async x =>
        {
            var aTask = Api.GetA(x);
            var aTask2 = Api.GetA(1);
            await Task.WhenAll(aTask, aTask2);
            return await aTask + await aTask2;
        };
        Func<Task> g = async () =>
        {
            var bTask = Api.GetB();
            var bTask2 = Api.GetB();
            await Task.WhenAll(bTask, bTask2);
            string.Concat(await bTask, await bTask2);
        };
        """,
        signature: "void M()");

    [Fact]
    public Task Fix_ExpressionLambdaAsArgument_KeepsTheRest() => Fix(
        """
        var x = Enumerable.Range(0, 3)
            .Select(async i => (
                [|await Api.GetA(i)|],
                await Api.GetB()))
            .ToList();
        """,
        """
        var x = Enumerable.Range(0, 3)
            .Select(async i =>
            {
                var aTask = Api.GetA(i);
                var bTask = Api.GetB();
                await Task.WhenAll(aTask, bTask);
                return (
                    await aTask,
                    await bTask);
            })
            .ToList();
        """,
        signature: "void M()");

    [Fact]
    public Task Fix_TopLevelStatements() => Verify.CodeFix(
        """
        // Prints two numbers.

        // The first.
        var a = [|await Api.GetA()|];
        // The second.
        var b = await Api.GetA(1);
        Console.WriteLine(a + b);

        class Other;
        """,
        """
        // Prints two numbers.

        var aTask = Api.GetA();
        var bTask = Api.GetA(1);
        await Task.WhenAll(aTask, bTask);
        // The first.
        var a = await aTask;
        // The second.
        var b = await bTask;
        Console.WriteLine(a + b);

        class Other;
        """,
        Net);

    [Fact]
    public Task Fix_LocalFunctionAndAsyncLambda_EditTheInnerBody() => Fix(
        """
        async Task<int> Local() => [|await Api.GetA()|] + await Api.GetA(1);
        Func<Task> f = async () =>
        {
            var a = [|await Api.GetA()|];
            var b = await Api.GetB();
        };
        f += async delegate
        {
            await Local();
            var a = [|await Api.GetA()|];
            var b = await Api.GetB();
        };
        """,
        """
        async Task<int> Local()
        {
            var aTask = Api.GetA();
            var aTask2 = Api.GetA(1);
            await Task.WhenAll(aTask, aTask2);
            return await aTask + await aTask2;
        }
        Func<Task> f = async () =>
        {
            var aTask = Api.GetA();
            var bTask = Api.GetB();
            await Task.WhenAll(aTask, bTask);
            var a = await aTask;
            var b = await bTask;
        };
        f += async delegate
        {
            await Local();
            var aTask = Api.GetA();
            var bTask = Api.GetB();
            await Task.WhenAll(aTask, bTask);
            var a = await aTask;
            var b = await bTask;
        };
        """,
        signature: "void M()");

    [Fact]
    public Task Fix_SwitchSections_ShareOneScope() => Fix(
        """
        switch (x)
        {
            case 1:
                var a = [|await Api.GetA()|];
                var b = await Api.GetB();
                break;
            case 2:
                a = [|await Api.GetA()|];
                b = await Api.GetB();
                break;
        }
        """,
        """
        switch (x)
        {
            case 1:
                var aTask = Api.GetA();
                var bTask = Api.GetB();
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                break;
            case 2:
                var aTask2 = Api.GetA();
                var bTask2 = Api.GetB();
                await Task.WhenAll(aTask2, bTask2);
                a = await aTask2;
                b = await bTask2;
                break;
        }
        """,
        signature: "async Task M(int x)");

    [Fact]
    public Task Fix_StatementWithoutBraces_GetsThem() => Fix(
        """
        if (yes) return [|await Api.GetA()|] + await Api.GetA(1);
        else
            // twice
            return [|await Api.GetA()|] + await Api.GetA(2); // sum
        """,
        """
        if (yes)
        {
            var aTask = Api.GetA();
            var aTask2 = Api.GetA(1);
            await Task.WhenAll(aTask, aTask2);
            return await aTask + await aTask2;
        }
        else
        {
            var aTask = Api.GetA();
            var aTask2 = Api.GetA(2);
            await Task.WhenAll(aTask, aTask2);
            // twice
            return await aTask + await aTask2; // sum
        }
        """,
        signature: "async Task<int> M(bool yes)");

    [Fact]
    public Task Fix_ForeachWithoutBraces_GetsThem() => Fix(
        """
        foreach (var i in xs)
            Console.WriteLine(
                [|await Api.GetA(i)|] + await Api.GetA(1));
        """,
        """
        foreach (var i in xs)
        {
            var aTask = Api.GetA(i);
            var aTask2 = Api.GetA(1);
            await Task.WhenAll(aTask, aTask2);
            Console.WriteLine(
                await aTask + await aTask2);
        }
        """,
        signature: "async Task M(int[] xs)");

    [Fact]
    public Task Fix_StatementsBetween_StayAfterTheJoin() => Fix(
        """
        var a = [|await Api.GetA()|];
        Console.WriteLine(a);
        using var reader = new StringReader("");
        var b = await Api.GetB();
        """,
        """
        var aTask = Api.GetA();
        var bTask = Api.GetB();
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        Console.WriteLine(a);
        using var reader = new StringReader("");
        var b = await bTask;
        """);

    [Fact]
    public Task Fix_HoistedDeclarations_StandAboveTheStarts() => Fix(
        """
        var a = [|await Api.GetA()|];

        // what to ask
        var key = "k"; // hoist
        const string suffix = "s"; // hoist
        Console.WriteLine(a);
        var b = await Api.GetB(key + suffix);
        """,
        """
        // what to ask
        var key = "k"; // hoist
        const string suffix = "s"; // hoist
        var aTask = Api.GetA();
        var bTask = Api.GetB(key + suffix);
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        Console.WriteLine(a);
        var b = await bTask;
        """);

    [Fact]
    public Task Fix_LocalDeclaredBetweenAndNotHoisted_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA()|];
        var key = "k";
        var b = await Api.GetB(key);
        """);

    [Fact]
    public Task Fix_OutAndPatternVariables_NotOffered() => NoFix(
        """
        var a = [|await Api.GetOut(out var x)|];
        var b = await Api.GetA(x);
        """);

    [Fact]
    public Task Fix_PatternVariableInAnArgument_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA(o is int i ? i : 0)|];
        var b = await Api.GetB();
        """,
        signature: "async Task M(object o)");

    [Fact]
    public Task Fix_WriteBeforeTheAwaitInItsStatement_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA()|];
        Console.WriteLine((x++) + await Api.GetA());
        """,
        signature: "async Task M(int x)");

    [Fact]
    public Task Fix_OtherAwaitBeforeInTheStatement_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA()|];
        Console.WriteLine(await Task.FromResult(1) + await Api.GetA());
        """);

    [Fact]
    public Task Fix_YieldBetween_NotOffered() => NoFix(
        """
        var a = [|await Api.GetA()|];
        yield return a;
        var b = await Api.GetA(1);
        """,
        signature: "async IAsyncEnumerable<int> M()");

    [Fact]
    public Task Fix_IteratorWithoutYieldBetween_IsFixed() => Fix(
        """
        var a = [|await Api.GetA()|];
        var b = await Api.GetA(1);
        yield return a + b;
        """,
        """
        var aTask = Api.GetA();
        var bTask = Api.GetA(1);
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask;
        yield return a + b;
        """,
        signature: "async IAsyncEnumerable<int> M()");

    [Fact]
    public Task Fix_CaughtFaults_StrictJoinWithCastForOneResultType() => Fix(
        """
        try
        {
            var a = [|await Api.GetA()|];
            var b = await Api.GetA(1);
        }
        catch (InvalidOperationException)
        {
        }
        """,
        """
        try
        {
            var aTask = Api.GetA();
            var bTask = Api.GetA(1);
            await ((Task)Task.WhenAll(aTask, bTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            var a = await aTask;
            var b = await bTask;
        }
        catch (InvalidOperationException)
        {
        }
        """,
        Net with { CodeActionTitle = "Start the 2 operations together and await them all, faults in source order" });

    [Fact]
    public Task Fix_CaughtFaults_StrictJoinWithoutCastAndContext() => Fix(
        """
        try
        {
            var a = [|await Api.GetA().ConfigureAwait(false)|];
            var b = await Api.GetB().ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException)
        {
        }
        """,
        """
        try
        {
            var aTask = Api.GetA();
            var bTask = Api.GetB();
            await Task.WhenAll(aTask, bTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var a = await aTask.ConfigureAwait(false);
            var b = await bTask.ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException)
        {
        }
        """);

    [Fact]
    public Task Fix_CaughtFaultsBelowNet8_CatchAndRethrowInOrder() => Verify.CodeFix(
        """
        using System;
        using System.Threading.Tasks;
        public class C
        {
            static async Task<int> GetA() { await Task.Yield(); return 1; }
            async Task M()
            {
                try
                {
                    var a = [|await GetA()|];
                    var b = await GetA().ConfigureAwait(false);
                }
                catch (InvalidOperationException)
                {
                }
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        public class C
        {
            static async Task<int> GetA() { await Task.Yield(); return 1; }
            async Task M()
            {
                try
                {
                    var aTask = GetA();
                    var bTask = GetA();
                    try
                    {
                        await Task.WhenAll(aTask, bTask);
                    }
                    catch
                    {
                        /* each fault is rethrown below, in order */
                    }
                    var a = await aTask;
                    var b = await bTask.ConfigureAwait(false);
                }
                catch (InvalidOperationException)
                {
                }
            }
        }
        """,
        Old);
}
