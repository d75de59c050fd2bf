using System.Diagnostics;
using ExecutionModel.Perf.Calibration;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Micro;
using ExecutionModel.Perf.Reporting;

// dotnet run -c Release --project perf -- [--quick] [--only EXM101] [--json FILE]   the claims; without --quick the micro part too
// dotnet run -c Release --project perf -- --micro                                   what the written shapes cost by themselves
// dotnet run -c Release --project perf -- --calibrate                               the catalogue's CPU weights against this machine; fails where one is off
if (args.Contains("--calibrate")) return Calibration.Run();
if (args.Contains("--micro"))
{
    JoinOverheads.Run();
    return 0;
}

var quick = args.Contains("--quick");
var only = After("--only");
var start = Stopwatch.GetTimestamp();

var answers = await SameAnswers.CompareAsync();
foreach (var answer in answers.Where(a => !a.Same)) Console.Error.WriteLine($"{answer.Path}: before '{answer.Before}', after '{answer.After}'");
Console.Error.WriteLine($"{answers.Count(a => a.Same)} of {answers.Count} answers are the same before and after.");

var figures = new List<Figure>();
var claims = typeof(Claim).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Claim))).Select(t => (Claim)Activator.CreateInstance(t)!).OrderBy(c => c.Rule, StringComparer.Ordinal);
foreach (var claim in claims)
{
    if (only is not null && claim.Rule != only) continue;
    var effort = quick ? Effort.Quick : Effort.Full;
    var measured = await claim.MeasureAsync(effort);
    // Processors that other programs use can't be gained: what does not hold three times is broken.
    for (var attempt = 1; attempt < 3 && measured.Any(f => !f.Holds); attempt++) measured = await claim.MeasureAsync(effort);
    figures.AddRange(measured);
    Console.Error.WriteLine($"{claim.Rule} measured after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
}

var results = Results.Of(quick ? "quick" : "full", Stopwatch.GetElapsedTime(start), answers, figures);
Console.WriteLine($"{results.Cores} cores, {results.Runtime}, {results.System}; {results.Mode} run, {results.Seconds:0} s; {answers.Count(a => a.Same)} of {answers.Count} answers equal.");
Console.WriteLine();
Console.WriteLine(MarkdownTable.Of(figures));
if (After("--json") is { } file) await results.WriteAsync(file);
if (!quick && only is null) JoinOverheads.Run();

foreach (var broken in figures.Where(f => !f.Holds)) Console.Error.WriteLine($"{broken.Rule} does not hold: {broken.What}: before {broken.Before}, after {broken.After}");
return answers.All(a => a.Same) && figures.All(f => f.Holds) ? 0 : 1;

string? After(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
