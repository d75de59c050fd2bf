using System.Diagnostics;

namespace ExecutionModel.Perf.Running;

/// <summary>Looks at a sample's process until it ends; the claim's log keeps the most that it saw.</summary>
public sealed class ProcessWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly Side side;
    private readonly Process process;
    private readonly FootprintLog? log = FootprintLog.Current;
    private readonly Timer timer;
    private int looking;

    /// <param name="side">Whose process it is.</param>
    /// <param name="process">Asked by its number: the caller's own view of it is not refreshed under its hands.</param>
    public ProcessWatch(Side side, Process process)
    {
        this.side = side;
        this.process = Process.GetProcessById(process.Id);
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, Every);
    }

    public void Dispose()
    {
        timer.Dispose();
        Look();
        process.Dispose();
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref looking, 1) == 1) return;
        try
        {
            process.Refresh();
            log?.Add(side, new Footprint(process.WorkingSet64 / 1048576.0, process.Threads.Count));
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException or IOException)
        {
            // It ended while it was looked at.
        }
        finally
        {
            Volatile.Write(ref looking, 0);
        }
    }
}
