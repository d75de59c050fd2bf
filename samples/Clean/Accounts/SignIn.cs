using System.Security.Cryptography;
using System.Text;

namespace Samples.Accounts;

/// <summary>Heavy computing has its own bounded lane; cheap computing stays where it is.</summary>
public sealed class SignIn(HttpClient http)
{
    private static readonly TaskFactory Lane = new(
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler);

    public async Task<bool> CheckAsync(string name, string password, CancellationToken stop)
    {
        var stored = await http.GetByteArrayAsync($"accounts/{name}/key", stop);
        var key = await Lane.StartNew(() => Rfc2898DeriveBytes.Pbkdf2(password, Encoding.UTF8.GetBytes(name), 600_000, HashAlgorithmName.SHA256, 32), stop);
        return CryptographicOperations.FixedTimeEquals(stored, key);
    }

    /// <summary>Microseconds: hashing a short text is not heavy.</summary>
    public async Task<string> ETagAsync(string path, CancellationToken stop)
    {
        var body = await http.GetStringAsync(path, stop);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
    }

    public async Task<int> WordsAsync(string path, CancellationToken stop)
    {
        var body = await http.GetStringAsync(path, stop);
        var words = 0;
        foreach (var line in body.Split('\n'))
        {
            foreach (var word in line.Split(' '))
            {
                if (word.Length > 0) words++;
            }
        }

        return words;
    }

    public async Task<string[]> TopAsync(CancellationToken stop)
    {
        var names = await http.GetFromJsonAsync<string[]>("accounts", stop);
        return names!.OrderBy(n => n, StringComparer.Ordinal).Take(10).ToArray();
    }
}
