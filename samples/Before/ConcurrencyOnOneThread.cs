using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

/// <summary>The tool beside the API: <c>dotnet run -- seal</c> seals the day's reports, first in turn, then all together.</summary>
internal static partial class Program
{
    private const int Iterations = 600_000;
    private static readonly string[] Reports = ["north", "east", "south", "west"];

    private static async Task SealReportsAsync()
    {
        await SealAsync("warm-up");
        var start = Stopwatch.GetTimestamp();
        var inTurn = new List<string>();
        foreach (var report in Reports) inTurn.Add(await SealAsync(report));
        Say("in turn", start, inTurn);

        start = Stopwatch.GetTimestamp();
        var together = await Task.WhenAll(Reports.Select(report => SealAsync(report))); // EXM203
        Say("together", start, together);
    }

    private static async Task<string> SealAsync(string report)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(report, Encoding.UTF8.GetBytes("a salt per report"), Iterations, HashAlgorithmName.SHA256, 32);
        await File.WriteAllBytesAsync(Path.Combine(Path.GetTempPath(), report + ".seal"), key);
        return Convert.ToHexString(key);
    }

    private static void Say(string how, long start, IEnumerable<string> seals) =>
        Console.WriteLine($"{how}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, {string.Join(' ', seals.Select(s => s[..8]))}");
}
