namespace ExecutionModel.Perf.Running;

/// <summary>The sources that were compiled into the samples.</summary>
public static class SampleSource
{
    /// <summary>bin/Release/net10.0 of this program.</summary>
    public static DirectoryInfo Output { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The root of the repository: the solution stands there.</summary>
    public static string Root { get; } = RootAbove(Output).FullName;

    public static string Folder(Side side) => Path.Combine(Root, "samples", $"{side}");

    /// <summary>How often a text stands in a file of the sample.</summary>
    public static int Count(Side side, string file, string text) => File.ReadAllText(Path.Combine(Folder(side), file)).Split(text).Length - 1;

    private static DirectoryInfo RootAbove(DirectoryInfo folder)
    {
        for (var at = folder; at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Analyzers.sln"))) return at;
        }

        throw new DirectoryNotFoundException($"No folder above {folder} holds Analyzers.sln.");
    }
}

public enum Side
{
    Before,
    After,
}
