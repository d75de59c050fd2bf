using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Samples;

/// <summary>
/// Runs computing on at most all processors but one, so that the thread pool keeps threads for requests that only wait.
/// Work that finds the lane full waits for its turn without holding a thread.
/// </summary>
/// <remarks>
/// <see cref="Task.Run(Action)"/> would not do: its work stands in the same queue as the requests, and as much of it runs at once as there are threads.
/// The lane is for computing only: work that waits for I/O, or for other work of the lane, holds a place without using it.
/// </remarks>
internal static class CpuLane
{
    private static readonly TaskScheduler Lane =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler;

    /// <summary>Computes a value. Awaiting gives the value or throws what <paramref name="work"/> threw; a cancelled token takes work that has not begun out of the line.</summary>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Lane);

    /// <summary>The same for work without a value.</summary>
    public static Task Run(Action work, CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Lane);

    /// <summary>
    /// Computes the turns of a loop on the places of the lane that are free, one at least. Awaiting throws what a turn threw, the first of several; turns that have
    /// not begun then never do.
    /// </summary>
    public static Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken = default)
    {
        var places = new ParallelOptions { TaskScheduler = Lane, MaxDegreeOfParallelism = Lane.MaximumConcurrencyLevel };
        return Run(Turns, cancellationToken);

        void Turns()
        {
            try
            {
                Parallel.For(from, to, places, turn);
            }
            catch (AggregateException faults)
            {
                ExceptionDispatchInfo.Capture(faults.InnerExceptions[0]).Throw();
            }
        }
    }
}

/// <summary>The same lane for code that is given what it needs: <c>services.AddCpuLane()</c>, and a constructor parameter of this type.</summary>
internal interface ICpuLane
{
    /// <inheritdoc cref="CpuLane.Run{T}(Func{T}, CancellationToken)"/>
    Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="CpuLane.Run(Action, CancellationToken)"/>
    Task Run(Action work, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="CpuLane.For(int, int, Action{int}, CancellationToken)"/>
    Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken = default);
}

internal static class CpuLaneServices
{
    /// <summary>Whoever asks for an <see cref="ICpuLane"/> gets the one lane of the process.</summary>
    public static IServiceCollection AddCpuLane(this IServiceCollection services) => services.AddSingleton<ICpuLane, Shared>();

    private sealed class Shared : ICpuLane
    {
        public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) => CpuLane.Run(work, cancellationToken);

        public Task Run(Action work, CancellationToken cancellationToken) => CpuLane.Run(work, cancellationToken);

        public Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken) => CpuLane.For(from, to, turn, cancellationToken);
    }
}
