using System.Diagnostics;
using Spectre.Console;

namespace ExecutionModel.Perf.Reporting;

/// <summary>Says what is being measured: a spinner for each step on a terminal, a line after each step elsewhere.</summary>
internal sealed class Progress
{
    private readonly ProgressContext? terminal;

    private Progress(ProgressContext? terminal) => this.terminal = terminal;

    public static Task ShowAsync(Func<Progress, Task> work)
    {
        // Figures go to the standard output; this is beside them.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive
            ? work(new Progress(null))
            : console.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn()).StartAsync(context => work(new Progress(context)));
    }

    public async Task<T> StepAsync<T>(string what, Func<Task<T>> step)
    {
        var task = terminal?.AddTask(Markup.Escape(what), maxValue: 1);
        var start = Stopwatch.GetTimestamp();
        var result = await step();
        task?.Increment(1);
        if (terminal is null) await Console.Error.WriteLineAsync($"{what}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        return result;
    }
}
