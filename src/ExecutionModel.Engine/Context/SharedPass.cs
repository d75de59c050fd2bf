using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// One look at each file of a compilation, made by all threads that need the results: who would otherwise wait takes the next file. The results are in the
/// order of the files, whoever looked.
/// </summary>
internal sealed class SharedPass<T>(IReadOnlyList<SyntaxTree> files, Func<SyntaxTree, T> look)
    where T : class
{
    private readonly T?[] results = new T?[files.Count];
    private readonly object finished = new();
    private int next = -1;
    private int open = files.Count;

    public IReadOnlyList<T?> Results()
    {
        while (Volatile.Read(ref open) > 0 && Interlocked.Increment(ref next) is var index && index < files.Count) Look(index);
        lock (finished)
        {
            while (Volatile.Read(ref open) > 0) Monitor.Wait(finished); // for the files that others look at, no longer than one file takes
        }

        return results;
    }

    private void Look(int index)
    {
        try
        {
            results[index] = look(files[index]);
        }
        finally
        {
            if (Interlocked.Decrement(ref open) == 0)
            {
                lock (finished) Monitor.PulseAll(finished);
            }
        }
    }
}
