using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>An expected diagnostic. What is not stated is not compared, but id and severity always are.</summary>
public sealed record DiagnosticResult(DiagnosticDescriptor Descriptor)
{
    public string Id => Descriptor.Id;

    public DiagnosticSeverity Severity { get; init; } = Descriptor.DefaultSeverity;

    /// <summary>The <c>{|#key:…|}</c> span that the diagnostic covers.</summary>
    public int? Key { get; init; }

    /// <summary>The spans of the additional locations, in order.</summary>
    public IReadOnlyList<int>? PartnerKeys { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<string> MessageParts { get; init; } = [];

    public DiagnosticResult WithLocation(int markupKey) => this with { Key = markupKey };

    public DiagnosticResult WithPartners(params int[] markupKeys) => this with { PartnerKeys = markupKeys };

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    public DiagnosticResult WithMessage(string message) => this with { Message = message };

    public DiagnosticResult WithMessageContaining(params string[] parts) => this with { MessageParts = parts };

    public DiagnosticResult WithArguments(params object[] arguments) =>
        this with { Message = string.Format(System.Globalization.CultureInfo.InvariantCulture, Descriptor.MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture), arguments) };
}
