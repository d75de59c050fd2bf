using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>A file of a test by name.</summary>
/// <param name="Verbatim">The text holds no marks: what looks like one is code.</param>
public sealed record TestFile(string Name, string Text, bool Verbatim = false);

/// <summary>Everything about a test but its source. The defaults suit most tests.</summary>
public sealed record TestSettings
{
    public static TestSettings Default { get; } = new();

    /// <summary>As a project of Microsoft.NET.Sdk.Web.</summary>
    public static TestSettings Web { get; } = new()
    {
        GlobalUsings =
        [
            "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
            "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
            "System.Net.Http.Json",
        ],
    };

    public References References { get; init; } = References.Net100;

    /// <summary>Lines of .editorconfig that hold for all C# files.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Lines of a global config, such as <c>build_property.TargetFramework</c>.</summary>
    public IReadOnlyDictionary<string, string> GlobalOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: a console program where the source has top-level statements, else a library.</summary>
    public OutputKind? OutputKind { get; init; }

    /// <summary>May be marked.</summary>
    public IReadOnlyList<TestFile> AdditionalFiles { get; init; } = [];

    /// <summary>More sources of the same project; may be marked.</summary>
    public IReadOnlyList<TestFile> Sources { get; init; } = [];

    /// <summary>All of <see cref="Sources"/> after the fix, added files included; null: unchanged.</summary>
    public IReadOnlyList<TestFile>? FixedSources { get; init; }

    /// <summary>Source of another assembly, seen as metadata, as in a build.</summary>
    public string? Library { get; init; }

    /// <summary>Severity that a mark expects; null: the descriptor's.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    /// <summary>Which of the offered fixes is applied.</summary>
    public int CodeActionIndex { get; init; }

    /// <summary>Title that this fix must have; null: any.</summary>
    public string? CodeActionTitle { get; init; }

    /// <summary>The source need not compile.</summary>
    public bool AllowErrors { get; init; }

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>The SDK's implicit usings, in a file of their own.</summary>
    public bool ImplicitUsings { get; init; } = true;

    /// <summary>More namespaces for that file.</summary>
    public IReadOnlyList<string> GlobalUsings { get; init; } = [];

    /// <summary>Sources and expectations are brought to this line ending.</summary>
    public string NewLine { get; init; } = "\n";

    public string AssemblyName { get; init; } = "Sample";
}
