namespace ExecutionModel.Engine.Knowledge;

/// <summary>How a call spends the time until it is done.</summary>
public enum Waiting
{
    /// <summary>The catalogue does not say.</summary>
    Unstated,

    /// <summary>Asynchronous I/O: the thread is free while the other side works.</summary>
    AsyncIo,

    /// <summary>I/O that holds its thread.</summary>
    BlockingIo,

    /// <summary>A timer.</summary>
    Delay,

    /// <summary>Waits for other work of the program: a task, a lock, a queue.</summary>
    OtherWork,

    /// <summary>Completes in memory: there is nothing to wait for.</summary>
    Memory,
}

/// <summary>What a call does to what it touches.</summary>
public enum Touch
{
    Unstated,

    /// <summary>Depends on its arguments only and changes nothing.</summary>
    Pure,

    Read,
    Write,
}

/// <summary>Where an effect lives. Two effects on different channels commute.</summary>
public enum Channel
{
    /// <summary>The object that receives the call.</summary>
    Receiver,
    Network,
    Database,
    File,
    Queue,
    Console,
    Process,
    Cache,

    /// <summary>Log lines: writes commute by decree, their order is not behaviour.</summary>
    Log,

    /// <summary>Clock and random numbers: reads commute.</summary>
    Clock,

    /// <summary>Ambient state: culture, activity, transaction scope.</summary>
    Ambient,
}

/// <summary>May two operations in flight use one instance of the type?</summary>
public enum Sharing
{
    Unstated,

    /// <summary>Thread-safe: any number of operations may share it.</summary>
    Safe,

    /// <summary>One operation at a time.</summary>
    Unsafe,

    /// <summary>One operation at a time, and one instance is shared by a whole scope: a DbContext, a connection, a session.</summary>
    UnitOfWork,
}

/// <summary>How much a value holds.</summary>
public enum Size
{
    Unstated,

    /// <summary>One at most: a sequence that is an optional value.</summary>
    One,
    Small,

    /// <summary>As many items as the outside world has: rows, lines, files, messages.</summary>
    Huge,

    /// <summary>As many bytes as a client sends in a file.</summary>
    Upload,
}

/// <summary>What becomes of an async delegate that a call takes as a plain one: its task is dropped.</summary>
public enum Drops
{
    Unstated,

    /// <summary>The call, or what it makes, counts as done when the delegate comes back: at its first await.</summary>
    Joined,

    /// <summary>Nobody waits for the delegate anyway; a fault after its first await has nobody to go to.</summary>
    Detached,
}

/// <summary>The part of a call in what waits between producers and consumers.</summary>
public enum Queue
{
    Unstated,

    /// <summary>Makes a queue that takes whatever comes, unless an argument sets a capacity.</summary>
    Unbounded,

    Add,
    Take,
}

/// <summary>How a library does in one request what a call does for one key.</summary>
public enum Batch
{
    Unstated,

    /// <summary>One query that takes all keys: <c>Where(x => ids.Contains(x.Id))</c>.</summary>
    Contains,

    /// <summary>Related rows that come along with those they belong to.</summary>
    Include,

    /// <summary>One statement with a list as its parameter: <c>IN @ids</c>.</summary>
    List,

    /// <summary>Several commands in one round trip.</summary>
    Commands,

    /// <summary>One commit for all changes.</summary>
    Once,
}

/// <summary>Who runs the code of a type, or of a member with an attribute.</summary>
public enum Host
{
    Unstated,
    Web,
    Ui,
    Worker,
    Console,
    Test,
    Benchmark,
    Migration,

    /// <summary>Message and command handlers, functions: they serve many callers from the pool, as web requests do.</summary>
    Handler,

    /// <summary>Single-threaded turns (Orleans grains, Blazor Server circuits).</summary>
    Turn,

    /// <summary>Deterministic replay (Durable Functions, Temporal): awaits must stay as they are.</summary>
    Orchestrator,

    /// <summary>A browser's only thread.</summary>
    Browser,
}

public static class Hosts
{
    /// <summary>Code there goes on, after an await, on the thread or turn that it began on.</summary>
    public static bool HasContext(this Host host) => host is Host.Ui or Host.Browser or Host.Turn;
}

/// <summary>
/// What the catalogue says of one API. Facts of a type hold for its instances, facts of a member for one call.
/// Immutable and free of symbols, so that the built-in text is parsed once per process.
/// </summary>
public sealed record ApiFacts
{
    public static readonly ApiFacts None = new();

    public Waiting Waiting { get; init; }
    public Touch Touch { get; init; }
    public Channel Channel { get; init; }

    /// <summary>Index of the argument that names what is touched (a path, an address); -1: all of the channel.</summary>
    public int KeyArgument { get; init; } = -1;

    public Sharing Sharing { get; init; }
    public Size Size { get; init; }
    public Host Host { get; init; }

    /// <summary>What to write instead of one call per item.</summary>
    public Batch Batch { get; init; }

    public Queue Queue { get; init; }

    /// <summary>Lower bound of the CPU time of one call.</summary>
    public CpuWeight? Cpu { get; init; }

    /// <summary>The object computes when it is first used, not when it is made.</summary>
    public bool Lazily { get; init; }

    /// <summary>The call returns an object that nobody else holds.</summary>
    public bool Fresh { get; init; }

    /// <summary>The call runs nothing yet: LINQ operators, query builders.</summary>
    public bool Deferred { get; init; }

    /// <summary>Index of the delegate argument that the call runs; -1: none.</summary>
    public int Invokes { get; init; } = -1;

    /// <summary>The call lets a limited number of operations pass at once: a semaphore, a rate limiter, a bulkhead.</summary>
    public bool Gate { get; init; }

    /// <summary>Later calls may rely on this one having completed: authorize, validate, open, begin.</summary>
    public bool Guard { get; init; }

    /// <summary>The call hands its delegate to other threads: <c>Task.Run</c>, a CPU lane.</summary>
    public bool Offloads { get; init; }

    /// <summary>Of delegates without a result.</summary>
    public Drops Drops { get; init; }

    /// <summary>May throw before it returns its task.</summary>
    public bool ThrowsEarly { get; init; }

    /// <summary>Takes some nanoseconds at most, whatever it is given.</summary>
    public bool Quick { get; init; }

    /// <summary>
    /// Name of the awaitable counterpart, qualified where it is another type's; <c>*</c> stands for the member's own name. Null: own name and <c>Async</c>.
    /// </summary>
    public string? Counterpart { get; init; }

    /// <summary>A wait that keeps its thread: a sleep, a lock taken for long, an event. With <see cref="Waiting.Delay"/> or <see cref="Waiting.OtherWork"/>.</summary>
    public bool Holds { get; init; }

    /// <summary>Goes to a buffer: only one call in many waits for what is behind it.</summary>
    public bool Buffered { get; init; }

    /// <summary>
    /// What the call makes has connections of its own and is meant to be kept: <see cref="OwnConnections"/>, or the index of the argument that brings them,
    /// where that is made for it. Null: nothing of the kind.
    /// </summary>
    public int? Connections { get; init; }

    public const int OwnConnections = -1;

    /// <summary>The asynchronous members of the type, or those of what the member returns, run to their end before they return.</summary>
    public bool FakeAsync { get; init; }

    /// <summary>An object in memory whose <c>write</c> members change what it holds: two of them at once may lose items or break it.</summary>
    public bool Container { get; init; }

    /// <summary>
    /// Nearly every call moves on what the object is in the middle of: a generator of random numbers, a hash, a writer. Calls of two threads spoil each other's
    /// results, though none of them waits.
    /// </summary>
    public bool Serial { get; init; }

    /// <summary>Full name of the type that any number of threads may change, with members of the same names.</summary>
    public string? Concurrent { get; init; }

    /// <summary>The line that says so: <c>http.txt:12</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Entries of users are Certain as ours are; <c>likely</c> marks a weaker one.</summary>
    public bool Likely { get; init; }
}

/// <summary>CPU time of a call: <c>10ms</c>, <c>500ns/arg2</c> (per unit of an integer argument), <c>50us/2^arg1</c> (doubles with each unit), <c>10ns/byte0</c> (per byte of a buffer or string argument), <c>2ns/sort0</c> (per item of a collection and step of sorting it; <c>sort</c> alone: of the receiver), <c>10ms/unknown1</c> (where nobody can tell the argument).</summary>
public sealed record CpuWeight(double Nanoseconds, CpuUnit Unit, int Argument)
{
    /// <summary>Stands for what the method is called on.</summary>
    public const int Receiver = -1;
}

public enum CpuUnit
{
    Call,

    /// <summary>Multiplied by the value of an integer argument.</summary>
    ArgumentValue,

    /// <summary>Doubled as often as an integer argument says: the cost of bcrypt.</summary>
    ArgumentPower,

    /// <summary>Multiplied by the length of an argument.</summary>
    ArgumentLength,

    /// <summary>Multiplied by n log₂ n of the n items of an argument or of the receiver.</summary>
    Sorting,

    /// <summary>Once, where the value of an argument is made at run time.</summary>
    UnknownArgument,
}
