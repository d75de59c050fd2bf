namespace ExecutionModel.Perf.Running;

/// <summary>The sources that were compiled into the samples.</summary>
public static class SampleSource
{
    /// <summary>bin/Release/net10.0 of this program.</summary>
    public static DirectoryInfo Output { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The root of the repository.</summary>
    public static string Root => Output.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Folder(Side side) => Path.Combine(Root, "samples", $"{side}");

    /// <summary>How often a text stands in a file of the sample.</summary>
    public static int Count(Side side, string file, string text) => File.ReadAllText(Path.Combine(Folder(side), file)).Split(text).Length - 1;
}

public enum Side
{
    Before,
    After,
}
