using System.Security.Cryptography;

namespace Samples.Accounts;

/// <summary>A worker may compute: since .NET 10 it starts on the pool, and nobody waits for it.</summary>
public sealed class KeyRotation(ILogger<KeyRotation> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(24));
        while (await timer.WaitForNextTickAsync(stop))
        {
            using var key = RSA.Create(2048);
            log.LogInformation("New key of {Bits} bits", key.KeySize);
            await File.WriteAllTextAsync("key.pem", key.ExportSubjectPublicKeyInfoPem(), stop);
        }
    }
}

/// <summary>Small work in a request: checks, formats, sorts a page.</summary>
public static class Formats
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/members/{page:int}", async (int page, HttpClient http, CancellationToken stop) =>
    {
        var names = await http.GetFromJsonAsync<string[]>($"members?page={page}", stop);
        Array.Sort(names!, StringComparer.OrdinalIgnoreCase);
        var longest = 0;
        for (var i = 0; i < names!.Length; i++)
        {
            for (var j = i + 1; j < Math.Min(names.Length, i + 3); j++) longest = Math.Max(longest, names[i].Length + names[j].Length);
        }

        return Results.Json(new { names, longest, tag = Convert.ToBase64String(MD5.HashData([.. names[0].Select(c => (byte)c)])) });
    });
}
