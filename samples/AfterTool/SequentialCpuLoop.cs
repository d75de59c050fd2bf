using System.Security.Cryptography;
using System.Text;

namespace Samples;

/// <summary>A tool that computes one thing after the other, on one of the machine's processors.</summary>
public static class SequentialCpuLoop
{
    private const int Iterations = 100_000;

    /// <summary>Derives a key for each password.</summary>
    public static string[] Keys(string[] passwords)
    {
        var keys = new string[passwords.Length];
        Parallel.For(0, passwords.Length, i => // EXM204
        {
            var salt = SHA256.HashData(Encoding.UTF8.GetBytes(passwords[i]));
            keys[i] = Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(passwords[i], salt, Iterations, HashAlgorithmName.SHA256, 32));
        });

        return keys;
    }

    /// <summary>Rows of a height map, in order; each cell is refined in steps.</summary>
    public static List<double[]> Relief(int rows)
    {
        var relief = new List<double[]>();
        var reliefByTurn = new double[Math.Max(0, rows)][];
        Parallel.For(0, rows, y => // EXM204
        {
            var row = new double[400];
            for (var x = 0; x < 400; x++)
            {
                var height = x + y * 0.5;
                for (var step = 0; step < 20_000; step++) height = height * 0.999 + step * 0.001;
                row[x] = height;
            }

            reliefByTurn[y] = row;
        });
        relief.AddRange(reliefByTurn);

        return relief;
    }
}
