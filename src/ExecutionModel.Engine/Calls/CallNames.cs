namespace ExecutionModel.Engine.Calls;

/// <summary>What a method's name promises.</summary>
public enum NameKind
{
    Neutral,
    Read,
    Write,

    /// <summary>Reads and moves on: the next call gets something else.</summary>
    StatefulRead,

    /// <summary>Later calls rely on it.</summary>
    Guard,
}

/// <summary>Reads CamelCase names. Names are weak evidence: they can veto, and raise a call to Likely at best.</summary>
public static class CallNames
{
    private static readonly HashSet<string> Reads = Set(
        "Get Find Fetch Load Query List Search Count Exists Any Is Has Can Lookup Look Resolve Retrieve Download Read Describe Peek Ping Try Calculate Compute Select");

    private static readonly HashSet<string> Writes = Set(
        "Save Store Update Upsert Delete Remove Insert Add Create Set Put Post Patch Send Write Publish Emit Raise Enqueue Push Upload Append Commit Rollback Flush "
        + "Execute Run Invoke Handle Process Apply Start Stop Complete Cancel Increment Move Import Ack Notify Sync Refresh Reset Clear Mark Register Seed Sign Dispatch Submit Trigger Kick Ban Join Leave Rename Restore Generate Redeem Accept Decline Reload Dispose");

    private static readonly HashSet<string> Guards = Set(
        "Validate Ensure Authorize Authenticate Check Verify Demand Require Assert Begin Open Close Connect Disconnect Login Logout Acquire Release Lock Unlock Init Initialize Migrate Throw Wait Enter Guard");

    private static readonly HashSet<string> Stateful = Set("Next Move Receive Dequeue Pop Take Consume Advance");

    private static readonly HashSet<string> Openers = Set("Lock Locked Locker Locking Acquire Acquires Enter");

    /// <summary>One of them is in every name that opens a region; most names hold none and needn't be taken apart.</summary>
    private static readonly string[] OpenerStems = [.. Openers, "Transaction", "SuppressFlow"];

    private static readonly string[] CursorTypes = ["Reader", "Stream", "Cursor", "Enumerator", "Iterator", "Page", "Consumer", "Receiver"];

    private static readonly string[] UnitOfWorkTypes = ["Repository", "Store", "Dao", "UnitOfWork", "Context", "Manager", "Session", "Queries", "Repo", "Service"];

    private static readonly string[] Sessions = ["Ftp", "Smtp", "Ssh", "Scp", "Imap", "Pop3", "Mail", "Tcp", "Udp", "Telnet", "Mqtt", "Socket", "Ldap", "Serial", "Sql", "Db", "Pipe"];

    /// <summary>Stands in for what is elsewhere.</summary>
    private static readonly string[] StandIns = ["Memory", "Local", "Fake", "Mock", "Stub", "Null", "Noop", "Dummy", "InProc"];

    private static readonly string[] RemoteTypes = ["Client", "Api", "Gateway", "Proxy", "ApiService"];

    public static NameKind Kind(string method, string? receiverType)
    {
        var tokens = Tokens(method);
        if (tokens.Count == 0) return NameKind.Neutral;
        foreach (var token in tokens)
        {
            if (Guards.Contains(token)) return NameKind.Guard;
        }

        var first = tokens[0];
        if (Stateful.Contains(first)) return NameKind.StatefulRead;
        if (first == "Get" && tokens.Count > 1 && (tokens[1] is "Or" or "And" || tokens.Contains("Or") && tokens.Any(Writes.Contains))) return NameKind.Write;
        if (Reads.Contains(first))
        {
            if (tokens.Contains("Next")) return NameKind.StatefulRead;
            return first is "Read" or "Fetch" && receiverType is not null && EndsWithAny(receiverType, CursorTypes) ? NameKind.StatefulRead : NameKind.Read;
        }

        foreach (var token in tokens)
        {
            if (Writes.Contains(token)) return NameKind.Write;
        }

        return NameKind.Neutral;
    }

    /// <summary>
    /// What follows runs under a lock, a lease or a transaction that the call or the new object opened. Whole words: <c>GetEnterprise</c> enters nothing, and
    /// <c>GetTransaction</c> reads one.
    /// </summary>
    public static bool OpensRegion(string name)
    {
        if (!Array.Exists(OpenerStems, s => name.IndexOf(s, StringComparison.Ordinal) >= 0)) return false;
        var tokens = Tokens(name);
        return tokens.Any(Openers.Contains)
            || tokens.Any(t => t is "Transaction" or "Transactions") && !Reads.Contains(tokens[0])
            || name.Contains("SuppressFlow");
    }

    /// <summary>The type's name says that it wraps a store shared by its scope.</summary>
    public static bool LooksLikeUnitOfWork(string type) => EndsWithAny(type, UnitOfWorkTypes);

    /// <summary>The type's name says that it talks to another server, and not through one session that keeps its place.</summary>
    public static bool LooksRemote(string type) => EndsWithAny(type, RemoteTypes) && !Sessions.Concat(StandIns).Any(s => type.IndexOf(s, StringComparison.OrdinalIgnoreCase) >= 0);

    private static List<string> Tokens(string name)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal)) name = name.Substring(0, name.Length - 5);
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !(char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))) continue;
            if (i > start) tokens.Add(name.Substring(start, i - start).Trim('_'));
            start = i;
        }

        return tokens;
    }

    private static bool EndsWithAny(string text, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
