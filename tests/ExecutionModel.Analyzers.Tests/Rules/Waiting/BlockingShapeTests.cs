using ExecutionModel.Analyzers.Rules.Waiting.BlockingIo;
using ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask;
using ExecutionModel.Analyzers.Rules.Waiting.BlockingWait;
using ExecutionModel.Analyzers.Tests.Harness;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>
/// Calls that only look as if they should be awaited: EXM103, EXM104 and EXM105 run together. A marked line in each method shows that they are awake there.
/// Libraries are written down as far as the shape needs them.
/// </summary>
public sealed class BlockingShapeTests
{
    /// <summary>Statements of an async method with a token in scope.</summary>
    private static Task Body(string statements, string members = "", string parameters = "", string usings = "", string library = "", string catalogue = "") => Check(
        $$"""
        {{usings}}
        public sealed class Service
        {
            public async Task RunAsync(CancellationToken stop{{(parameters == "" ? "" : ", " + parameters)}})
            {
                await Task.Yield();
                Use({|EXM104:System.Net.Dns.GetHostAddresses("a")|});
                {{statements}}
            }

            private static void Use(params object?[] values) { }
        {{members}}
        }
        """,
        library,
        catalogue);

    private static async Task Check(string source, string library = "", string catalogue = "", TestSettings? settings = null)
    {
        settings ??= TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.analyze_tests"] = "true" } };
        if (library != "") settings = settings with { Library = library };
        if (catalogue != "") settings = settings with { AdditionalFiles = [new TestFile("a.ExecutionCatalogue.txt", catalogue)] };
        var test = TestProject.Create(source, settings);
        await new StandardTest<BlockingIoAnalyzer, EmptyCodeFix>(test, settings) { Analyzers = [new BlockingOnTaskAnalyzer(), new BlockingIoAnalyzer(), new BlockingWaitAnalyzer()] }.RunAsync();
    }

    // ---- the synchronous form is not the blocking twin of the asynchronous one ----

    [Theory]
    [InlineData("")]
    [InlineData("M:TUnit.Assertions.Assert.That(*) ; blocking read on=network")]
    public Task AwaitableAssertionOfTheSameName_IsSilent(string catalogue) => Body(
        """
        TUnit.Assertions.Assert.That(() => int.Parse("1"));
        TUnit.Assertions.Assert.That("a");
        await TUnit.Assertions.Assert.That(async () => await Task.Delay(1));
        """,
        library: """
        using System.Runtime.CompilerServices;
        namespace TUnit.Assertions
        {
            public sealed class Assertion { public TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }
            public static class Assert
            {
                public static void That<T>(Func<T> read) => read();
                public static void That(string text) { }
                public static Task That(string text, CancellationToken stop) => Task.CompletedTask;
                public static Assertion That(Func<Task> read) => new();
            }
        }
        """,
        catalogue: catalogue);

    [Fact]
    public Task EventsRaisedByAMock_IsSilent() => Body(
        """
        mock.Raise(m => m.Saved += null, EventArgs.Empty);
        mock.Raise(m => m.Moved += null, 1, 2);
        """,
        members: "    public interface IStore { event EventHandler Saved; event Action<int, int> Moved; }",
        parameters: "Moq.Mock<Service.IStore> mock",
        library: """
        namespace Moq
        {
            public class Mock<T> where T : class
            {
                public void Raise(Action<T> change, EventArgs arguments) { }
                public void Raise(Action<T> change, params object[] arguments) { }
                public Task RaiseAsync(Action<T> change, params object[] arguments) => Task.CompletedTask;
            }
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("M:NUnit.Framework.Assert.That(*) ; blocking read on=network")]
    public Task ConstraintAssertion_IsSilent(string catalogue) => Body(
        """
        NUnit.Framework.Assert.That(1 + 1, NUnit.Framework.Is.EqualTo(2));
        NUnit.Framework.Assert.That(() => int.Parse("x"), NUnit.Framework.Is.EqualTo(2));
        NUnit.Framework.Assert.That(() => File.ReadAllText("a"), NUnit.Framework.Is.EqualTo("a"));
        """,
        library: """
        namespace NUnit.Framework
        {
            public interface IResolveConstraint { }
            public static class Is { public static IResolveConstraint EqualTo(object value) => null!; }
            public static class Assert
            {
                public static void That<T>(T actual, IResolveConstraint expected) { }
                public static void That<T>(Func<T> actual, IResolveConstraint expected) { }
                public static Task ThatAsync<T>(Func<Task<T>> actual, IResolveConstraint expected) => Task.CompletedTask;
            }
        }
        """,
        catalogue: catalogue);

    [Theory]
    [InlineData("")]
    [InlineData("M:Xunit.Assert.Throws(*) ; blocking read on=network")]
    public Task ExceptionExpectedOfASynchronousDelegate_IsSilent(string catalogue) => Body(
        """
        Xunit.Assert.Throws<FormatException>(() => int.Parse("x"));
        Xunit.Assert.Throws<FormatException>(() => { throw new FormatException(); });
        Xunit.Assert.Throws<IOException>(() => File.ReadAllText("none"));
        Xunit.Assert.Throws<AggregateException>(() => Task.Delay(1000, stop).Wait());
        """,
        library: """
        namespace Xunit
        {
            public static class Assert
            {
                public static T Throws<T>(Action code) where T : Exception => null!;
                public static T Throws<T>(Func<object> code) where T : Exception => null!;
                public static Task<T> ThrowsAsync<T>(Func<Task> code) where T : Exception => null!;
            }
        }
        """,
        catalogue: catalogue);

    [Fact]
    public Task ValidatorOfAnObject_IsSilent() => Body(
        "Use(validator.Validate(\"a\"), new OrderValidator().Validate(\"b\"));",
        members: "    public sealed class OrderValidator : FluentValidation.AbstractValidator<string> { public OrderValidator() => Limit = 3; public int Limit { get; } }",
        parameters: "FluentValidation.IValidator<string> validator",
        library: """
        namespace FluentValidation
        {
            public class ValidationResult { public bool IsValid => true; }
            public interface IValidator<T> { ValidationResult Validate(T instance); Task<ValidationResult> ValidateAsync(T instance, CancellationToken stop = default); }
            public abstract class AbstractValidator<T> : IValidator<T>
            {
                public virtual ValidationResult Validate(T instance) => new();
                public virtual Task<ValidationResult> ValidateAsync(T instance, CancellationToken stop = default) => Task.FromResult(new ValidationResult());
            }
        }
        """);

    [Fact]
    public Task ConverterWithAnObsoleteAsyncForm_IsSilent() => Body(
        "Use(Newtonsoft.Json.JsonConvert.SerializeObject(stop), Newtonsoft.Json.JsonConvert.DeserializeObject<int>(\"1\"));",
        library: """
        namespace Newtonsoft.Json
        {
            public static class JsonConvert
            {
                public static string SerializeObject(object? value) => "";
                public static T DeserializeObject<T>(string text) => default!;
                [Obsolete("SerializeObjectAsync is obsolete.")] public static Task<string> SerializeObjectAsync(object? value) => Task.FromResult("");
                [Obsolete("DeserializeObjectAsync is obsolete.")] public static Task<T> DeserializeObjectAsync<T>(string text) => Task.FromResult<T>(default!);
            }
        }
        """,
        catalogue: "M:Newtonsoft.Json.JsonConvert.{SerializeObject,DeserializeObject}(*) ; blocking read on=network");

    [Fact]
    public Task QueryOfDocumentsThatIsOnlyBuilt_IsSilent() => Body(
        "var open = orders.Find(o => o > 1); Use({|EXM104:open.ToList()|}, {|EXM104:orders.Find(o => o == 1).FirstOrDefault()|});",
        usings: "using MongoDB.Driver;",
        parameters: "IMongoCollection<int> orders",
        library: """
        using System.Linq.Expressions;
        namespace MongoDB.Driver
        {
            public interface IMongoCollection<T> { }
            public interface IAsyncCursorSource<T> { }
            public interface IAsyncCursor<T> { }
            public interface IFindFluent<T> : IAsyncCursorSource<T> { }
            public static class IMongoCollectionExtensions
            {
                public static IFindFluent<T> Find<T>(this IMongoCollection<T> from, Expression<Func<T, bool>> filter) => null!;
                public static Task<IAsyncCursor<T>> FindAsync<T>(this IMongoCollection<T> from, Expression<Func<T, bool>> filter, CancellationToken stop = default) => null!;
            }
            public static class IAsyncCursorSourceExtensions
            {
                public static List<T> ToList<T>(this IAsyncCursorSource<T> source, CancellationToken stop = default) => null!;
                public static Task<List<T>> ToListAsync<T>(this IAsyncCursorSource<T> source, CancellationToken stop = default) => null!;
                public static T FirstOrDefault<T>(this IAsyncCursorSource<T> source, CancellationToken stop = default) => default!;
                public static Task<T> FirstOrDefaultAsync<T>(this IAsyncCursorSource<T> source, CancellationToken stop = default) => null!;
            }
        }
        """);

    // ---- the asynchronous form throws, or is the synchronous one ----

    [Theory]
    [InlineData("using var reader = System.Xml.XmlReader.Create(\"a\"); while (reader.Read()) Use(reader.ReadElementContentAsString(), reader.ReadOuterXml());")]
    [InlineData("using var writer = System.Xml.XmlWriter.Create(\"a\"); writer.WriteStartElement(\"a\"); writer.WriteString(\"b\"); writer.WriteEndElement(); writer.Flush();")]
    [InlineData("using var reader = System.Xml.XmlReader.Create(\"a\"); Use(System.Xml.Linq.XDocument.Load(reader, System.Xml.Linq.LoadOptions.None), System.Xml.Linq.XElement.Load(reader, System.Xml.Linq.LoadOptions.None));")]
    [InlineData("using var writer = System.Xml.XmlWriter.Create(\"a\"); new System.Xml.Linq.XDocument().Save(writer); new System.Xml.Linq.XElement(\"a\").Save(writer);")]
    public Task XmlWithoutTheAsyncSetting_IsSilent(string statements) => Body(statements);

    [Theory]
    [InlineData("device.Read(new byte[1], 0, 1); device.Flush();")]
    [InlineData("device.Write(new byte[1], 0, 1);")]
    [InlineData("Use(command.ExecuteNonQuery(), command.ExecuteScalar());")]
    [InlineData("Use(store.Load());")]
    public Task AsyncFormThatOnlyTheBaseClassHas_IsSilent(string statements) => Body(
        statements,
        parameters: "Device device, Command command, FileStore store",
        members: """
            public sealed class Device : Stream
            {
                public override int Read(byte[] buffer, int offset, int count) => 0;
                public override void Write(byte[] buffer, int offset, int count) { }
                public override void Flush() { }
                public override bool CanRead => true; public override bool CanSeek => false; public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; }
                public override long Seek(long offset, SeekOrigin origin) => 0; public override void SetLength(long value) { }
            }

            public abstract class Command : System.Data.Common.DbCommand
            {
                public override int ExecuteNonQuery() => 0;
                public override object? ExecuteScalar() => null;
            }

            public abstract class Store { public abstract string Load(); public virtual Task<string> LoadAsync() => Task.FromResult(Load()); }
            public sealed class FileStore : Store { public override string Load() => File.ReadAllText("a"); }
        """);

    [Fact]
    public Task AsyncFormThatTheClassReplacedToo_Reports() => Body(
        "Use({|EXM104:command.ExecuteNonQuery()|});",
        parameters: "Command command",
        members: """
            public abstract class Command : System.Data.Common.DbCommand
            {
                public override int ExecuteNonQuery() => 0;
                public override async Task<int> ExecuteNonQueryAsync(CancellationToken stop) { await Task.Delay(1, stop); return 0; }
            }
        """);

    [Fact]
    public Task UsingOfAdoNet_IsSilent() => Body(
        """
        using var connection = new Npgsql.NpgsqlConnection();
        using var command = connection.CreateCommand();
        using (var other = factory.CreateConnection()!) Use(other.State);
        reader.Dispose();
        """,
        parameters: "System.Data.Common.DbProviderFactory factory, System.Data.Common.DbDataReader reader");

    // ---- nothing waits, or nothing can be awaited there ----

    [Fact]
    public Task CancellationOnThisThread_IsSilent() => Body("using var source = CancellationTokenSource.CreateLinkedTokenSource(stop); source.Cancel(); source.Cancel(true); source.CancelAfter(100);");

    [Fact]
    public Task RegistrationGivenUpInALocalFunction_IsSilent() => Body(
        """
        var registration = stop.Register(() => { });
        GiveUp();
        registration.Dispose();

        void GiveUp() => registration.Dispose();
        """);

    [Fact]
    public Task OptionsEvaluatedAtRegistrationInAsyncMain_IsSilent() => Check(
        """
        public static class Program
        {
            public static async Task Main()
            {
                await Task.Yield();
                Register(o => o.Name = Detect());
                Register(o => o.Name = File.ReadAllText("name"));
                Register(o => Thread.Sleep(1000));
            }

            private static string Detect() => new HttpClient().Send(new HttpRequestMessage()).ReasonPhrase!;
            private static void Register(Action<Options> configure) => configure(new Options());
        }

        public sealed class Options { public string Name = ""; }
        """,
        settings: TestSettings.Default with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task TaskReturningFormOfAnInterface_IsSilent() => Check(
        """
        public interface IStore { Task<string> LoadAsync(); Task PauseAsync(); }
        public sealed class Store : IStore
        {
            public Task<string> LoadAsync() => Task.FromResult(Load());
            public Task PauseAsync() { Thread.Sleep(1000); return Task.CompletedTask; }
            private string Load() => File.ReadAllText("a");
        }
        """);

    [Fact]
    public Task FormThatReturnsNothing_IsSilent() => Body(
        "api.Load(1);",
        members: "    public sealed class Api { public void Load(int id) { } public void LoadAsync(int id) { } }",
        parameters: "Service.Api api",
        catalogue: "M:Service+Api.Load(*) ; blocking read on=network");

    [Fact]
    public Task CopyOfATaskIntoACompletionSource_IsSilent() => Body(
        """
        var copy = new TaskCompletionSource<string>();
        _ = text.ContinueWith(t =>
        {
            if (t.IsFaulted) copy.SetException(t.Exception!.InnerExceptions);
            else if (t.IsCanceled) copy.SetCanceled();
            else copy.SetResult(t.Result);
        }, stop, TaskContinuationOptions.None, TaskScheduler.Default);
        await copy.Task;
        """,
        parameters: "Task<string> text");

    [Fact]
    public Task SpanThatLivesOn_IsSilent() => Body(
        """
        Span<char> span = stackalloc char[4];
        Thread.Sleep(1000);
        gate.Wait(stop);
        span.Clear();
        """,
        parameters: "SemaphoreSlim gate");

    [Fact]
    public Task ExpressionOfATree_IsSilent() => Body(
        """
        Expression(() => Task.FromResult(1).Result + File.ReadAllText("a").Length);
        Use(gates.AsQueryable().Count(g => g.Wait(1000)));

        static void Expression(System.Linq.Expressions.Expression<Func<int>> read) => Use(read);
        """,
        parameters: "SemaphoreSlim[] gates");

    [Fact]
    public Task ClauseOfAQuery_IsSilent() => Body("Use(from gate in gates where gate.Wait(1000) let text = File.ReadAllText(\"a\") select text + Task.Delay(1).Wait(10));", parameters: "SemaphoreSlim[] gates");
}
