using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait;
using ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath;
using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait.ComputeBeforeWaitAnalyzer, ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait.ComputeBeforeWaitCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

public sealed class ComputeBeforeWaitFixTests
{
    private const string Lane = """

        internal static class CpuLane
        {
            public static Task<T> Run<T>(Func<T> work, CancellationToken stop = default) => Task.Factory.StartNew(work, stop);
        }
        """;

    private static string In(string members, string baseType = "") =>
        $$"""
        class C(HttpClient http){{baseType}}
        {
            {{members.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """ + ComputeBeforeWaitTests.Passwords + Lane;

    private static Task Fix(string before, string after, TestSettings? settings = null) => Verify.CodeFix(In(before), In(after), settings);

    private static Task NoFix(string members) => Verify.NoCodeFix(In(members));

    [Fact]
    public Task Fix_Statements() => Fix(
        """
        public async Task<string> M(string password, byte[] salt)
        {
            // The key of the account.
            var key = Passwords.Derive(password, salt);

            // And what was ordered.
            var orders = [|await http.GetStringAsync("orders").ConfigureAwait(false)|]; // all of it
            return orders + key.Length;
        }
        """,
        """
        public async Task<string> M(string password, byte[] salt)
        {
            var ordersTask = http.GetStringAsync("orders");
            // The key of the account.
            var key = Passwords.Derive(password, salt);

            // And what was ordered.
            var orders = await ordersTask.ConfigureAwait(false); // all of it
            return orders + key.Length;
        }
        """);

    [Fact]
    public Task Fix_MovesDeclarationsUp() => Fix(
        """
        public async Task<string> M(string password, byte[] salt, int id)
        {
            var key = Passwords.Derive(password, salt);
            var place = "orders/" + id;
            var url = place + "?all";
            return [|await http.GetStringAsync(url)|] + key.Length;
        }
        """,
        """
        public async Task<string> M(string password, byte[] salt, int id)
        {
            var place = "orders/" + id;
            var url = place + "?all";
            var stringTask = http.GetStringAsync(url);
            var key = Passwords.Derive(password, salt);
            return await stringTask + key.Length;
        }
        """);

    [Fact]
    public Task Fix_ExpressionBody() => Fix(
        """
        public async Task<(byte[], string)> M(string password, byte[] salt) => (Passwords.Derive(password, salt), [|await http.GetStringAsync("orders")|]);
        """,
        """
        public async Task<(byte[], string)> M(string password, byte[] salt)
        {
            var stringTask = http.GetStringAsync("orders");
            return (Passwords.Derive(password, salt), await stringTask);
        }
        """);

    [Fact]
    public Task Fix_Lambda() => Fix(
        """
        public Func<Task<string>> M(string password, byte[] salt) => async () =>
        {
            var key = Passwords.Derive(password, salt);
            return [|await http.GetStringAsync("orders")|] + key.Length;
        };
        """,
        """
        public Func<Task<string>> M(string password, byte[] salt) => async () =>
        {
            var stringTask = http.GetStringAsync("orders");
            var key = Passwords.Derive(password, salt);
            return await stringTask + key.Length;
        };
        """);

    [Fact]
    public Task Fix_ValueTask() => Fix(
        """
        private async ValueTask<string> OrdersAsync() => await http.GetStringAsync("orders");
        public async Task<string> M(string password, byte[] salt)
        {
            var key = Passwords.Derive(password, salt);
            string orders;
            orders = [|await OrdersAsync()|];
            return orders + key.Length;
        }
        """,
        """
        private async ValueTask<string> OrdersAsync() => await http.GetStringAsync("orders");
        public async Task<string> M(string password, byte[] salt)
        {
            var ordersTask = OrdersAsync().AsTask();
            var key = Passwords.Derive(password, salt);
            string orders;
            orders = await ordersTask;
            return orders + key.Length;
        }
        """);

    [Fact]
    public Task Fix_SwitchSection() => Fix(
        """
        public async Task<string> M(string password, byte[] salt, int id)
        {
            switch (id)
            {
                case 1:
                    var key = Passwords.Derive(password, salt);
                    return [|await http.GetStringAsync("orders")|] + key.Length;
                default:
                    var stringTask = "";
                    return stringTask;
            }
        }
        """,
        """
        public async Task<string> M(string password, byte[] salt, int id)
        {
            switch (id)
            {
                case 1:
                    var stringTask2 = http.GetStringAsync("orders");
                    var key = Passwords.Derive(password, salt);
                    return await stringTask2 + key.Length;
                default:
                    var stringTask = "";
                    return stringTask;
            }
        }
        """);

    [Fact]
    public Task Fix_Loop() => Fix(
        """
        public async Task<long> M(string password)
        {
            long sum = 0;
            for (var i = 0; i < 1_000_000_000; i++) sum += i;
            var orders = [|await http.GetStringAsync("orders")|];
            return sum + orders.Length;
        }
        """,
        """
        public async Task<long> M(string password)
        {
            long sum = 0;
            var ordersTask = http.GetStringAsync("orders");
            for (var i = 0; i < 1_000_000_000; i++) sum += i;
            var orders = await ordersTask;
            return sum + orders.Length;
        }
        """);

    [Fact]
    public Task Fix_TwoReadsInOneMethod() => Fix(
        """
        public async Task<string> M(string password, byte[] salt)
        {
            var key = Passwords.Derive(password, salt);
            var user = [|await http.GetStringAsync("user")|];
            var other = Passwords.Derive(user, salt);
            var orders = [|await http.GetStringAsync("orders")|];
            return user + orders + key.Length + other.Length;
        }
        """,
        """
        public async Task<string> M(string password, byte[] salt)
        {
            var userTask = http.GetStringAsync("user");
            var key = Passwords.Derive(password, salt);
            var user = await userTask;
            var ordersTask = http.GetStringAsync("orders");
            var other = Passwords.Derive(user, salt);
            var orders = await ordersTask;
            return user + orders + key.Length + other.Length;
        }
        """);

    [Fact]
    public Task Fix_ComputingOnTheLane() => Fix(
        """
        public async Task<string> M(string password, byte[] salt, CancellationToken stop)
        {
            var key = await CpuLane.Run(() => Passwords.Derive(password, salt), stop);
            return [|await http.GetStringAsync("orders", stop)|] + key.Length;
        }
        """,
        """
        public async Task<string> M(string password, byte[] salt, CancellationToken stop)
        {
            var stringTask = http.GetStringAsync("orders", stop);
            var key = await CpuLane.Run(() => Passwords.Derive(password, salt), stop);
            return await stringTask + key.Length;
        }
        """);

    [Fact]
    public Task Fix_ComputingOnTheLaneInTheSameExpression() => Fix(
        """
        public async Task<string> M(string password, byte[] salt) => string.Concat(Convert.ToHexString(await Task.Run(() => Passwords.Derive(password, salt))), [|await http.GetStringAsync("orders")|]);
        """,
        """
        public async Task<string> M(string password, byte[] salt)
        {
            var stringTask = http.GetStringAsync("orders");
            return string.Concat(Convert.ToHexString(await Task.Run(() => Passwords.Derive(password, salt))), await stringTask);
        }
        """);

    [Fact]
    public Task Fix_OfASuggestion_SaysThatItIsToBeVerified() => Verify.SuggestionFix(
        In("""
            public async Task<string> M(string password, int iterations)
            {
                var key = Passwords.Hash(password, iterations);
                return [|await http.GetStringAsync("orders")|] + key.Length;
            }
            """),
        In("""
            public async Task<string> M(string password, int iterations)
            {
                var stringTask = http.GetStringAsync("orders");
                var key = Passwords.Hash(password, iterations);
                return await stringTask + key.Length;
            }
            """),
        new TestSettings { CodeActionTitle = "Start the operation before the computing (verify that they are independent)" });

    [Fact]
    public Task Directive_HasNoFix() => NoFix("""
        public async Task<string> M(string password, byte[] salt)
        {
            var key = Passwords.Derive(password, salt);
        #if DEBUG
        #endif
            return [|await http.GetStringAsync("orders")|] + key.Length;
        }
        """);

    // ---- should the computing throw, the read is left behind: never where what it uses ends with the method ----

    [Fact]
    public Task UsingAroundTheRead_HasNoFix() => NoFix("""
        public async Task<string> M(string password, byte[] salt)
        {
            using var own = new HttpClient();
            var key = Passwords.Derive(password, salt);
            return [|await own.GetStringAsync("orders")|] + key.Length;
        }
        """);

    [Fact]
    public Task FinallyAroundTheRead_HasNoFix() => NoFix("""
        private int reading;
        public async Task<string> M(string password, byte[] salt)
        {
            try
            {
                var key = Passwords.Derive(password, salt);
                return [|await http.GetStringAsync("orders")|] + key.Length;
            }
            finally { reading--; }
        }
        """);

    [Fact]
    public Task CatchAroundTheRead_HasAFix() => Fix(
        """
        public async Task<string?> M(string password, byte[] salt)
        {
            try
            {
                var key = Passwords.Derive(password, salt);
                return [|await http.GetStringAsync("orders")|] + key.Length;
            }
            catch (HttpRequestException) { return null; }
        }
        """,
        """
        public async Task<string?> M(string password, byte[] salt)
        {
            try
            {
                var stringTask = http.GetStringAsync("orders");
                var key = Passwords.Derive(password, salt);
                return await stringTask + key.Length;
            }
            catch (HttpRequestException) { return null; }
        }
        """);

    private const string Program = """
        public static class Program
        {
            public static string[] Script = [];

            public static async Task<string> Run()
            {
                try
                {
                    var sum = Sum();
                    var read = [|await ReadAsync()|];
                    return sum + read;
                }
                catch (InvalidOperationException fault) { return "caught " + fault.Message; }
            }

            private static long Sum()
            {
                long sum = 0;
                for (var i = 0; i < 20_000_000; i++) sum += i;
                return sum / (Script[0] == "fault" ? 0 : 2);
            }

            [ConcurrencySafe]
            private static async Task<string> ReadAsync()
            {
                await Task.Delay(1);
                return Script[1] == "fault" ? throw new InvalidOperationException("read") : "read";
            }
        }

        public sealed class ConcurrencySafeAttribute : Attribute;
        """;

    [Theory]
    [InlineData("ok", "ok", "99999995000000read")]
    [InlineData("ok", "fault", "caught read")]
    [InlineData("fault", "ok", "DivideByZeroException")]
    [InlineData("fault", "fault", "DivideByZeroException")]
    public async Task Fix_KeepsResultsAndFaults(string computing, string reading, string outcome)
    {
        var source = Program.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        var project = TestProject.Create(source, TestSettings.Default).Project;
        var repaired = await new FixRun(new ComputeBeforeWaitAnalyzer(), new ComputeBeforeWaitCodeFix()).StepByStep(project, await Analysis.Run(project, new ComputeBeforeWaitAnalyzer()));
        Assert.Contains("readTask", (await TestProject.Texts(repaired)).Values.Aggregate((a, b) => a + b), StringComparison.Ordinal);
        Assert.Equal(outcome, await Run(project));
        Assert.Equal(outcome, await Run(repaired));

        async Task<string> Run(Microsoft.CodeAnalysis.Project program)
        {
            using var image = new MemoryStream();
            Assert.True((await program.GetCompilationAsync())!.Emit(image).Success);
            var type = System.Reflection.Assembly.Load(image.ToArray()).GetType("Program")!;
            type.GetField("Script")!.SetValue(null, new[] { computing, reading });
            try
            {
                return await (Task<string>)type.GetMethod("Run")!.Invoke(null, null)!;
            }
            catch (DivideByZeroException fault)
            {
                return fault.GetType().Name;
            }
        }
    }

    // ---- EXM201 reports the same computing: the fixes compose, in either order ----

    private const string Both = """
        public async Task<string> M(string password, byte[] salt, CancellationToken stop)
        {
            var key = Passwords.Derive(password, salt);
            var orders = await http.GetStringAsync("orders", stop);
            return orders + key.Length;
        }
        """;

    private const string BothFixed = """
        public async Task<string> M(string password, byte[] salt, CancellationToken stop)
        {
            var ordersTask = http.GetStringAsync("orders", stop);
            var key = await CpuLane.Run(() => Passwords.Derive(password, salt), stop);
            var orders = await ordersTask;
            return orders + key.Length;
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fix_BesideThatOfCpuWorkOnAsyncPath_GivesTheSameInEitherOrder(bool laneFirst)
    {
        const string controller = " : Microsoft.AspNetCore.Mvc.ControllerBase";
        var project = TestProject.Create(In(Both, controller), TestSettings.Default).Project;
        var overlap = (Rule: (RuleAnalyzer)new ComputeBeforeWaitAnalyzer(), Fix: (RuleCodeFix)new ComputeBeforeWaitCodeFix());
        var lane = (Rule: (RuleAnalyzer)new CpuWorkOnAsyncPathAnalyzer(), Fix: (RuleCodeFix)new CpuWorkOnAsyncPathCodeFix());
        foreach (var (rule, fix) in laneFirst ? [lane, overlap] : new[] { overlap, lane })
        {
            project = await new FixRun(rule, fix).StepByStep(project, await Analysis.Run(project, rule));
        }

        var expected = TestProject.Create(In(BothFixed, controller), TestSettings.Default).Project;
        TextDifference.Check("Both fixes", await TestProject.Texts(expected), await TestProject.Texts(project));
        Assert.Empty((await Analysis.Run(project, overlap.Rule, lane.Rule)).Rules);
    }
}
