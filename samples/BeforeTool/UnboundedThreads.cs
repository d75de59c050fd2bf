using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Samples;

/// <summary>Makes a thread for each line of a file.</summary>
public static class UnboundedThreads
{
    private const int Iterations = 180_000;

    /// <summary>Derives a key for each password that the file lists.</summary>
    public static IReadOnlyDictionary<string, string> KeysOf(string file)
    {
        var keys = new ConcurrentDictionary<string, string>();
        var threads = new List<Thread>();
        foreach (var password in File.ReadLines(file))
        {
            var thread = new Thread(() => keys[password] = Key(password)); // EXM303
            thread.Start();
            threads.Add(thread);
        }

        foreach (var thread in threads) thread.Join();
        return keys;
    }

    private static string Key(string password) => Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(password, "an item's salt"u8, Iterations, HashAlgorithmName.SHA256, 32));
}
