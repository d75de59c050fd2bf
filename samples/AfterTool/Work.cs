namespace Samples;

/// <summary>What the tool can be asked for: every rule's sample adds its own.</summary>
public static class Work
{
    /// <summary>Computes at once; the parts of the answer are read off it later.</summary>
    public static Func<IEnumerable<long>>? Of(string name, int size) => name switch
    {
        "keys" => () => SequentialCpuLoop.Keys([.. Enumerable.Range(0, size).Select(i => $"password {i}")]).SelectMany(key => key.Select(c => (long)c)),
        "relief" => () => SequentialCpuLoop.Relief(size).SelectMany(row => row.Select(BitConverter.DoubleToInt64Bits)),
        "scale" => () => ParallelismTooFine.Scale(size).Select(BitConverter.DoubleToInt64Bits),
        "primes" => () => [SharedCollection.Primes(size).Length],
        "mix" => () => ParallelismTooFine.Mix(size).Select(BitConverter.DoubleToInt64Bits),
        _ => null,
    };
}
