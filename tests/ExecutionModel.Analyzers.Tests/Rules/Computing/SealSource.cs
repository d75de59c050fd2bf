using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>Programs around work of about 120 ms.</summary>
internal static class SealSource
{
    public const string Seals = """

        public static class Seals
        {
            public static string Of(string text) => Convert.ToHexString(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], 600_000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32));
        }
        """;

    public static readonly TestSettings Desktop = new() { OutputKind = OutputKind.WindowsApplication };

    private const string SealAsync = """
            private async Task<string> SealAsync(string text)
            {
                var seal = Seals.Of(text);
                await System.IO.File.WriteAllTextAsync(text, seal);
                return seal;
            }
        """;

    /// <summary>A console program.</summary>
    public static string In(string body, string rest = "") => $$"""
        public class Sealer
        {
            public static void Main() { }

            public async Task<string[]> RunAsync(string[] texts, CancellationToken stop)
            {
        {{Indented(body, "        ")}}
            }

        {{SealAsync}}

        {{Indented(rest, "    ")}}
        }
        """ + Seals;

    public static string Controller(string body, string rest = SealAsync) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public sealed class SealController : ControllerBase
        {
            public async Task<string[]> Post(string[] texts)
            {
        {{Indented(body, "        ")}}
            }

        {{rest}}
        }
        """ + Seals;

    public static string Window(string body) => $$"""
        namespace System.Windows
        {
            public class DependencyObject { }
            public class Window : DependencyObject { public string Title { get; set; } = ""; }
            public class Application : DependencyObject { }
        }

        public sealed class SealWindow : System.Windows.Window
        {
            public static void Main() { }

            private async void Seal_Click(object sender, EventArgs e)
            {
                string[] texts = ["a", "b"];
        {{Indented(body, "        ")}}
            }
        }
        """ + Seals;

    private static string Indented(string text, string indent) => string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? l : indent + l));
}
