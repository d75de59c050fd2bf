namespace ExecutionModel.Perf.Running;

/// <summary>What the samples' processes of one claim needed; several claims may be under way, each with its own.</summary>
public sealed class FootprintLog
{
    private static readonly AsyncLocal<FootprintLog?> Opened = new();
    private readonly Lock gate = new();
    private Footprint? before;
    private Footprint? after;

    /// <summary>Of the claim that asks; null where nobody wants to know.</summary>
    internal static FootprintLog? Current => Opened.Value;

    public Footprints Seen
    {
        get
        {
            lock (gate) return new Footprints(before, after);
        }
    }

    /// <summary>Processes that the calling method starts from here on are written to it.</summary>
    public static FootprintLog Open() => Opened.Value = new FootprintLog();

    internal void Add(Side side, Footprint seen)
    {
        lock (gate)
        {
            if (side == Side.Before) before = Footprint.Max(before, seen);
            else after = Footprint.Max(after, seen);
        }
    }
}
