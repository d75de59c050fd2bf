namespace ExecutionModel.Perf.Calibration;

/// <summary>What services exchange in documents. Public, or no serializer of XML would take it.</summary>
public sealed record Row
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public double Price { get; set; }

    public DateTime On { get; set; }

    public string[] Tags { get; set; } = [];
}
