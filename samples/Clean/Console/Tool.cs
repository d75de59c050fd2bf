using System.Security.Cryptography;

namespace Samples.ConsoleTool;

/// <summary>A tool with nobody to wait for: it may block and it may compute.</summary>
public static class Tool
{
    public static int Run(string[] files)
    {
        foreach (var file in files)
        {
            var key = Rfc2898DeriveBytes.Pbkdf2(File.ReadAllBytes(file), "salt"u8, 600_000, HashAlgorithmName.SHA256, 32);
            Console.WriteLine($"{Convert.ToHexString(key)} {file}");
        }

        return 0;
    }

    /// <summary>Questions are asked one after the other: there is one console.</summary>
    public static async Task<(string? Name, string? Town)> AskAsync()
    {
        await Console.Out.WriteAsync("Name: ");
        var name = await Console.In.ReadLineAsync();
        await Console.Out.WriteAsync("Town: ");
        var town = await Console.In.ReadLineAsync();
        return (name, town);
    }

    public static int[,] Multiply(int[,] a, int[,] b, int n)
    {
        var c = new int[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++) c[i, j] += a[i, k] * b[k, j];
            }
        }

        return c;
    }
}
