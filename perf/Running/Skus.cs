namespace ExecutionModel.Perf.Running;

/// <summary>Names of articles that the services know.</summary>
public static class Skus
{
    public static string[] Of(int count) => [.. Enumerable.Range(1, count).Select(i => $"sku-{i}")];
}
