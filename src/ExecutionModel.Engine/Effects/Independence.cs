using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Decides which awaits of a straight line depend on each other. A call that is not understood is a conflict. Cheap questions come first: data flow through
/// locals and vetoes by name turn most pairs away before any other body is looked at.
/// </summary>
public sealed class Independence(ProgramModel model)
{
    /// <summary>Each await is weighed against those before it, so the look ahead is bounded to keep the work linear.</summary>
    internal const int LookAhead = 64;

    /// <summary>Groups share no await. An await that can't join one may stand between its members, and may be in a group of its own with others there.</summary>
    /// <param name="dropped">Told each await that was given up, with the obstacle.</param>
    public IEnumerable<IndependentGroup> GroupsOf(StraightLine line, Frame frame, Action<AwaitSite, string>? dropped)
    {
        var calls = line.Sites.Select(s => new AwaitedCall(model, s, frame)).ToArray();
        var obstacles = new string?[calls.Length];
        var taken = new bool[calls.Length];
        for (var i = 0; i < calls.Length - 1; i++)
        {
            if (taken[i]) continue;
            var group = new EarlyStarts(model, line, frame, calls[i]);
            for (var j = i + 1; j < calls.Length && j - i < LookAhead && !taken[j] && !group.IsClosed; j++)
            {
                obstacles[j] = group.Add(calls[j]);
                taken[j] = obstacles[j] is null;
            }

            if (group.Build() is { } found) yield return found;
        }

        for (var j = 1; j < calls.Length; j++)
        {
            if (obstacles[j] is { } obstacle && !taken[j]) dropped?.Invoke(calls[j].Site, obstacle);
        }
    }

    /// <summary>Reads that could be started before heavy computing in front of them, at most one start per read.</summary>
    /// <param name="works">The computing of the frame, in source order.</param>
    public IEnumerable<LateStart> LateStartsOf(StraightLine line, Frame frame, IReadOnlyList<CpuWork> works, Action<AwaitSite, string>? dropped) =>
        new LateStarts(model, line, frame, works).Find(dropped);
}
