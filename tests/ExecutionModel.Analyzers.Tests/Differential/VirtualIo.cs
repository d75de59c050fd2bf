namespace ExecutionModel.Analyzers.Tests.Differential;

/// <summary>
/// Source of the I/O layer that generated programs call. It records what is asked of it, scripts how long each operation takes and how it ends, and its clock
/// jumps from one completion to the next: a run takes no real time and always goes the same way.
/// </summary>
public static class VirtualIo
{
    /// <summary>Reads commute with reads; a write changes what later reads of its channel answer.</summary>
    public const string Catalogue = """
        T:Io ; safe
        M:Io.{Read,ReadValue}(*) ; io read on=network
        M:Io.Write(*) ; io write on=network
        """;

    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        public static class Io
        {
            private static readonly List<(long Time, int Order, Action Complete)> Pending = new List<(long, int, Action)>();
            private static readonly List<string> Effects = new List<string>();
            private static long now;
            private static int script, version, started;
            private static bool atOnce, failed;
            private static string name;

            public static Task<int> Read(int site, int argument)
            {
                Effects.Add("read " + site + "/" + argument);
                return Start(site, argument, () => Hash(script, site, argument, version));
            }

            public static ValueTask<int> ReadValue(int site, int argument) => new ValueTask<int>(Read(site, argument));

            public static Task<int> Write(int site, int argument)
            {
                Effects.Add("write " + site + "/" + argument);
                return Start(site, argument, () => ++version);
            }

            public static IEnumerable<int> Source(int count)
            {
                for (var i = 0; i < count; i++) yield return i * 7 % 5;
            }

            // Where nothing but a blocked thread waits for an operation, it may as well be done when it is started.
            public static string Run(Func<Task<int>> program, int scripted, bool sequential)
            {
                name = program.Method.DeclaringType.Name;
                Pending.Clear();
                Effects.Clear();
                (now, script, version, started, atOnce, failed) = (0, scripted, 0, 0, sequential, false);
                var context = new Queued();
                SynchronizationContext.SetSynchronizationContext(context);
                string outcome;
                try
                {
                    var task = program();
                    for (context.Drain(); !task.IsCompleted; context.Drain())
                    {
                        if (Pending.Count == 0) return "hangs";
                        Advance();
                    }

                    var end = now;
                    while (Pending.Count > 0)
                    {
                        Advance();
                        context.Drain();
                    }

                    outcome = task.IsCanceled ? "cancelled" : task.IsFaulted ? "threw " + Describe(task.Exception) : "returned " + task.Result;
                    return outcome + "|" + end + "|" + string.Join(",", Effects) + "|" + failed;
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(null);
                }
            }

            private static string Describe(Exception fault)
            {
                while (fault is AggregateException { InnerExceptions: { Count: 1 } } many) fault = many.InnerExceptions[0];
                return fault is OperationCanceledException ? "OperationCanceledException" : fault.GetType().Name + " " + fault.Message;
            }

            private static Task<int> Start(int site, int argument, Func<int> answer)
            {
                var ending = script == 0 ? 0 : Hash(script, site, argument, 17) % 24;
                var source = new TaskCompletionSource<int>();
                Action complete = () =>
                {
                    failed |= ending >= 1 && ending <= 3;
                    if (ending == 1 || ending == 2) source.SetException(new InvalidDataException("fault in " + name + " at " + site + "/" + argument));
                    else if (ending == 3) source.SetCanceled();
                    else source.SetResult(answer());
                };
                var time = now + 1 + Hash(script, site, argument, 5) % 20;
                if (atOnce)
                {
                    now = time;
                    complete();
                }
                else if (ending == 4) complete();
                else Pending.Add((time, started++, complete));
                return source.Task;
            }

            private static void Advance()
            {
                var next = Pending.OrderBy(p => p.Time).ThenBy(p => p.Order).First();
                Pending.Remove(next);
                now = next.Time;
                next.Complete();
            }

            private static int Hash(int a, int b, int c, int d)
            {
                unchecked
                {
                    var hash = (uint)(((a * 31 + b) * 31 + c) * 31 + d) * 2654435761u;
                    return (int)((hash ^ (hash >> 15)) % 997);
                }
            }

            private sealed class Queued : SynchronizationContext
            {
                private readonly Queue<(SendOrPostCallback Callback, object State)> queue = new Queue<(SendOrPostCallback, object)>();

                public override void Post(SendOrPostCallback d, object state) => queue.Enqueue((d, state));

                public void Drain()
                {
                    while (queue.Count > 0)
                    {
                        var (callback, state) = queue.Dequeue();
                        callback(state);
                    }
                }
            }
        }
        """;
}
