using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ExecutionModel.Perf.Analysis;
using ExecutionModel.Perf.Calibration;
using ExecutionModel.Perf.Micro;
using ExecutionModel.Perf.Reporting;
using ExecutionModel.Perf.Running;

var quick = new Option<bool>("--quick") { Description = "One round of each claim; with --analysis, its smallest parts." };
var filter = new Option<string?>("--filter") { Description = "Only claims whose rule or name holds one of these parts, separated by commas." };
var cores = new Option<IReadOnlyList<int>>("--cores") { Description = "Also the speedups of computing with 1,2,4… processors.", CustomParser = ProcessorCounts, DefaultValueFactory = _ => [] };
var output = new Option<DirectoryInfo>("--out") { Description = "Where the report is written.", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", "perf")) };
var micro = new Option<bool>("--micro") { Description = "Only what the written shapes cost by themselves." };
var calibrate = new Option<bool>("--calibrate") { Description = "Only the catalogue's CPU weights against this machine; fails where one is off." };
var analysis = new Option<bool>("--analysis") { Description = "Only what the analyzers cost, beside others; --filter names an input." };
var baseline = new Option<FileInfo?>("--baseline") { Description = "Accepted ratios and allocations: ends with 2 where one is worse." };
var accept = new Option<FileInfo?>("--accept") { Description = "The file that is to hold what was measured." };
var into = new Option<FileInfo?>("--analysis-into") { Description = "The file that a process of --analysis writes for another.", Hidden = true };

var root = new RootCommand("What each fix buys, measured: the samples before and after the fixes.") { quick, filter, cores, output, micro, calibrate, analysis, baseline, accept, into };
root.SetAction(async (given, _) =>
{
    var gate = new BaselineGate(given.GetValue(baseline), given.GetValue(accept));
    if (given.GetValue(calibrate)) return Calibration.Run();
    if (given.GetValue(analysis)) return await Analysis.RunAsync(given.GetValue(quick), given.GetValue(filter), given.GetValue(output)!, gate, given.GetValue(into));
    if (given.GetValue(micro))
    {
        JoinOverheads.Run();
        return 0;
    }

    return await new ReportRun(given.GetValue(quick), given.GetValue(filter), given.GetValue(cores)!, given.GetValue(output)!, gate).ExecuteAsync();
});
return await root.Parse(args).InvokeAsync();

static IReadOnlyList<int> ProcessorCounts(ArgumentResult given)
{
    var counts = new List<int>();
    foreach (var part in given.Tokens.SelectMany(t => t.Value.Split(',')))
    {
        if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) given.AddError($"--cores: '{part}' is no number of processors.");
        else if (Processors.Obstacle(count) is { } obstacle) given.AddError(obstacle);
        else counts.Add(count);
    }

    return counts;
}
