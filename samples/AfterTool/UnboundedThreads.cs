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
        Parallel.ForEach(File.ReadLines(file), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, password =>
        {
            keys[password] = Key(password); // EXM303
        });

        return keys;
    }

    private static string Key(string password) => Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(password, "an item's salt"u8, Iterations, HashAlgorithmName.SHA256, 32));
}
