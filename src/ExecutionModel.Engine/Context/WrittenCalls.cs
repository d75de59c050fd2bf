namespace ExecutionModel.Engine.Context;

/// <summary>Words of a file as <see cref="CallWords"/> found them, or those of a span in it, in order.</summary>
public readonly struct WrittenCalls(int[] at, int[] names, int[] receivers, int from, int end)
{
    /// <summary>Something is called on a value that has no name: <c>F().Name(…)</c>.</summary>
    public const int Unnamed = 1;

    /// <summary>Nothing stands before the name.</summary>
    public const int None = 0;

    public int From => from;
    public int End => end;
    public int Count => end - from;

    /// <summary>The word, as <see cref="CallWords.HashOf"/>.</summary>
    public int NameAt(int index) => names[index];

    /// <summary>Where the word begins.</summary>
    public int PositionOf(int index) => at[index];

    /// <summary>The word before its dot, <see cref="Unnamed"/> or <see cref="None"/>.</summary>
    public int ReceiverAt(int index) => receivers[index];

    public bool HasAny(WordSet wanted) => wanted.ContainsAny(names, from, end);
}
