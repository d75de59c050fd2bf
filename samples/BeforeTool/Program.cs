using System.Diagnostics;
using System.Globalization;
using Samples;

// dotnet run -- keys 24    does the work twice and prints, for the second time, the milliseconds and a digest of the answer
var work = args is [var name, var text] && int.TryParse(text, out var size) ? Work.Of(name, size) : null;
if (work is null)
{
    Console.Error.WriteLine("keys | relief | scale | mix | primes, and a size");
    return 1;
}

work();
var start = Stopwatch.GetTimestamp();
var answer = work();
var elapsed = Stopwatch.GetElapsedTime(start);
var digest = 17L;
foreach (var part in answer) digest = unchecked(digest * 31 + part);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0.000} {digest:x}"));
return 0;
