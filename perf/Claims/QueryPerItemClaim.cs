using ExecutionModel.Perf.Running;
using Microsoft.EntityFrameworkCore;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// N look-ups take N round trips, one query for all takes one. The rule has no fix, so both sides are written here: the loop that it reports, and the form that it names.
/// </summary>
public sealed class QueryPerItemClaim : Claim
{
    private const int Orders = 100;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(20);

    public override string Rule => "EXM109";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var database = await OrderDatabase.CreateAsync(Orders, RoundTrip);
        var ids = Enumerable.Range(1, Orders).Reverse().ToArray();
        IReadOnlyList<string> one = [], all = [];
        var before = await Clock.SampleAsync(effort.Rounds, warm: true, async () => one = await OneByOneAsync(database, ids));
        var after = await Clock.SampleAsync(effort.Repetitions * effort.Rounds, warm: true, async () => all = await AllAtOnceAsync(database, ids));
        if (!one.SequenceEqual(all)) throw new InvalidOperationException("The two forms found different orders.");
        return [new(Rule, $"titles of {Orders} orders, round trips of {RoundTrip.TotalMilliseconds:0} ms", "ms", before, after, RoundTrip.TotalMilliseconds, "one round trip", Better.Lower)];
    }

    private static async Task<IReadOnlyList<string>> OneByOneAsync(OrderDatabase database, int[] ids)
    {
        await using var orders = database.Open();
        var titles = new List<string>();
        foreach (var id in ids)
        {
            var order = await orders.All.FindAsync(id);
            titles.Add(order!.Title);
        }

        return titles;
    }

    private static async Task<IReadOnlyList<string>> AllAtOnceAsync(OrderDatabase database, int[] ids)
    {
        await using var orders = database.Open();
        var found = await orders.All.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id);
        return [.. ids.Select(id => found[id].Title)];
    }
}
