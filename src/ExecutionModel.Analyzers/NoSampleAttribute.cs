namespace ExecutionModel.Analyzers;

/// <summary>Says why a rule has neither a sample nor a measured claim: its mistake is not in code that runs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NoSampleAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
