using System.Diagnostics;
using Npgsql;

namespace ExecutionModel.Perf.Running;

/// <summary>A PostgreSQL of its own, as <c>perf/postgres.sh</c> starts it: default settings, so 100 connections, 3 of them kept for its administrator.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string folder;
    private readonly NpgsqlDataSource administrator;

    private PostgresServer(int port, string folder)
    {
        this.folder = folder;
        administrator = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=postgres;Maximum Pool Size=2");
        Shop = $"Host=127.0.0.1;Port={port};Username=shop;Database=postgres";
    }

    /// <summary>The connection string of an ordinary user; the pool has its default size of 100.</summary>
    public string Shop { get; }

    /// <summary>Null where the server can't be had; <paramref name="why"/> is told.</summary>
    public static async Task<PostgresServer?> StartAsync(int articles, Action<string> why)
    {
        if (OperatingSystem.IsWindows())
        {
            why("the script that starts PostgreSQL needs bash");
            return null;
        }

        var (said, complained, code) = await ScriptAsync("start");
        if (code != 0 || said.Trim().Split(' ') is not [var port, var folder])
        {
            why(complained.Trim());
            return null;
        }

        var server = new PostgresServer(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), folder);
        await server.ExecuteAsync("create role shop login");
        await server.ExecuteAsync("create table article(id int primary key, stock bigint not null)");
        await server.ExecuteAsync($"insert into article select i, i % 100 from generate_series(1, {articles}) i");
        await server.ExecuteAsync("grant select on article to shop");
        return server;
    }

    /// <summary>Connections that the shop has open now.</summary>
    public async Task<long> ConnectionsAsync()
    {
        await using var command = administrator.CreateCommand("select count(*) from pg_stat_activity where usename = 'shop'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How often the server has turned a connection away so far, by its own log.</summary>
    public int Refused() => File.ReadLines(Path.Combine(folder, "server.log")).Count(l => l.Contains("FATAL", StringComparison.Ordinal) && (l.Contains("slots", StringComparison.Ordinal) || l.Contains("too many clients", StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await administrator.DisposeAsync();
        await ScriptAsync("stop", folder);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = administrator.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(string Said, string Complained, int Code)> ScriptAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(SampleSource.Root, "perf", "postgres.sh"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var script = Process.Start(start)!;
        var (said, complained) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return (await said, await complained, script.ExitCode);
    }
}
