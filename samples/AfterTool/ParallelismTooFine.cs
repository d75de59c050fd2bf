namespace Samples;

/// <summary>Scales samples on all processors, one delegate call for each of them.</summary>
public static class ParallelismTooFine
{
    private const int Count = 4_000_000;
    private static readonly double[] Gains = [0.5, 1.5, 2.5, 3.5];

    public static double[] Scale(int rounds)
    {
        var samples = new double[Count];
        for (var round = 0; round < rounds; round++)
        {
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, Count), range =>
            {
                for (var i = range.Item1; i < range.Item2; i++) // EXM205
                {
                    samples[i] = samples[i] * 0.5 + i;
                }
            });
        }

        return samples;
    }

    public static double[] Mix(int rounds)
    {
        var sums = new double[Gains.Length];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < 4; i++) sums[i] += Gains[i]; // EXM205
        }

        return sums;
    }
}
