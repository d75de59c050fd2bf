namespace Samples;

/// <summary>Collects primes on all processors.</summary>
public static class SharedCollection
{
    public static int[] Primes(int below)
    {
        var primes = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(2, below, n =>
        {
            if (IsPrime(n)) primes.Add(n); // EXM402
        });

        return primes.Order().ToArray();
    }

    private static bool IsPrime(int n)
    {
        for (var divisor = 2; divisor * divisor <= n; divisor++)
        {
            if (n % divisor == 0) return false;
        }

        return true;
    }
}
