namespace ExecutionModel.Package.Tests;

/// <summary>What the throwaway projects hold. A mark names what its line is reported for; an unmarked line must stay silent.</summary>
internal static class Sources
{
    /// <summary>Compiles for every target framework; every finding has a fix.</summary>
    public const string Dashboard = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Threading.Tasks;

        namespace Shop;

        public sealed class Dashboard(HttpClient http)
        {
            public async Task<string> LoadAsync(int id)
            {
                var user = await http.GetStringAsync($"users/{id}"); // EXM101
                var orders = await http.GetStringAsync($"orders/{id}");
                return user + orders;
            }

            public async Task<string> FirstOrderAsync(int id)
            {
                var orders = await http.GetStringAsync($"orders/{id}");
                var first = await http.GetStringAsync($"orders/{id}/{orders[0]}");
                return first;
            }
        }

        public sealed class Import(HttpClient http)
        {
            public async Task<string[]> FromFileAsync(string path)
            {
                var ids = File.ReadLines(path);
                return await Task.WhenAll(ids.Select(id => http.GetStringAsync(id))); // EXM301
            }

            public async Task<string[]> FromListAsync(IReadOnlyList<string> ids)
            {
                return await Task.WhenAll(ids.Select(id => http.GetStringAsync(id))); // EXM301 note
            }

            public async Task<string[]> OfTwoAsync()
            {
                var ids = new[] { "a", "b" };
                return await Task.WhenAll(ids.Select(id => http.GetStringAsync(id)));
            }
        }

        """;

    /// <summary>One call blocks by itself, one through a method that it calls.</summary>
    public const string Texts = """
        using System.IO;
        using System.Net.Http;
        using System.Threading.Tasks;

        namespace Shop;

        public sealed class Texts(HttpClient http)
        {
            public async Task<string> LoadAsync(string path)
            {
                await Task.Yield();
                return File.ReadAllText(path) + Header();
            }

            private string Header() => http.Send(new HttpRequestMessage()).ReasonPhrase!;
        }

        """;

    /// <summary>For a web project: the computing stands in a request.</summary>
    public const string SignIn = """
        using System.Security.Cryptography;
        using System.Text;

        var app = WebApplication.CreateSlimBuilder(args).Build();
        var salt = Encoding.UTF8.GetBytes("a salt per account");
        app.MapPost("/sign-in", async (HttpRequest request, CancellationToken stop) =>
        {
            var password = await request.ReadFromJsonAsync<string>(stop);
            var key = Rfc2898DeriveBytes.Pbkdf2(password!, salt, 600_000, HashAlgorithmName.SHA256, 32); // EXM201
            return Convert.ToHexString(key);
        });
        app.MapGet("/hash", (string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        app.Run();

        """;

    /// <summary>A lane of the project's own, in the global namespace.</summary>
    public const string CpuLane = """
        internal static class CpuLane
        {
            private static readonly TaskScheduler Lane = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 2).ConcurrentScheduler;

            public static Task<T> Run<T>(Func<T> work, CancellationToken stop = default) => Task.Factory.StartNew(work, stop, TaskCreationOptions.DenyChildAttach, Lane);

            public static Task Run(Action work, CancellationToken stop = default) => Task.Factory.StartNew(work, stop, TaskCreationOptions.DenyChildAttach, Lane);
        }

        """;

    /// <summary>Says nothing of what its calls wait for: a catalogue has to.</summary>
    public const string Stock = """
        using System.Threading.Tasks;

        namespace Shop;

        public interface IWarehouse
        {
            Task<int> CountAsync(string sku);
        }

        public sealed class Stock(IWarehouse warehouse)
        {
            public async Task<int> TotalAsync()
            {
                var chairs = await warehouse.CountAsync("chair");
                var tables = await warehouse.CountAsync("table");
                return chairs + tables;
            }
        }

        """;

    /// <summary>The same mistake four times, each excused in another way.</summary>
    public const string Suppressed = """
        using System;
        using System.Diagnostics.CodeAnalysis;
        using System.Net.Http;
        using System.Threading.Tasks;

        namespace Shop;

        [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
        public sealed class SequentialAttribute(string why) : Attribute
        {
            public string Why => why;
        }

        public sealed class Excused(HttpClient http)
        {
            public async Task<string> ByPragmaAsync()
            {
        #pragma warning disable EXM101 // the second page exists once the first was asked for
                var first = await http.GetStringAsync("pages/1");
        #pragma warning restore EXM101
                var second = await http.GetStringAsync("pages/2");
                return first + second;
            }

            [SuppressMessage("Waiting", "EXM101", Justification = "The service serves one call at a time.")]
            public async Task<string> BySuppressMessageAsync()
            {
                var first = await http.GetStringAsync("pages/1");
                var second = await http.GetStringAsync("pages/2");
                return first + second;
            }

            public async Task<string> ByAttributeAsync()
            {
                var first = await PageAsync(1);
                var second = await PageAsync(2);
                return first + second;
            }

            [Sequential("The service serves one call at a time.")]
            private Task<string> PageAsync(int number) => http.GetStringAsync($"pages/{number}");

            public async Task<string> NotAsync()
            {
                var first = await http.GetStringAsync("pages/1"); // EXM101
                var second = await http.GetStringAsync("pages/2");
                return first + second;
            }
        }

        """;
}
