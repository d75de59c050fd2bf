namespace ExecutionModel.Perf.Running;

/// <summary>The program that runs our dlls: the one that runs this.</summary>
internal static class DotNetHost
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
