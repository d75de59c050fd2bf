using System.Net.Http.Headers;

namespace Samples.Accounts;

/// <summary>A client with state of its own: what one call stores, the next one sends.</summary>
public sealed class Session(HttpClient http)
{
    private string? token;

    public async Task<string> ReportAsync(CancellationToken stop)
    {
        await SignInAsync(stop);
        return await http.GetStringAsync("report", stop);
    }

    public async Task<(string, string)> BothAsync(CancellationToken stop)
    {
        var header = await GetTokenAsync(stop);
        var report = await GetReportAsync(stop);
        return (header, report);
    }

    private async Task SignInAsync(CancellationToken stop)
    {
        token ??= await http.GetStringAsync("token", stop);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task<string> GetTokenAsync(CancellationToken stop) => token = await http.GetStringAsync("token", stop);

    private async Task<string> GetReportAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "report");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, stop);
        return await answer.Content.ReadAsStringAsync(stop);
    }
}

/// <summary>Starts something at the other side, then looks at it.</summary>
public sealed class Jobs(HttpClient http)
{
    public async Task<string> RunAsync(string name, CancellationToken stop)
    {
        using var started = await http.PostAsync($"jobs/{name}", null, stop);
        var state = await http.GetStringAsync($"jobs/{name}", stop);
        while (state == "running")
        {
            await Task.Delay(500, stop);
            state = await http.GetStringAsync($"jobs/{name}", stop);
        }

        await http.DeleteAsync($"jobs/{name}", stop);
        return await http.GetStringAsync("jobs", stop);
    }

    public async Task<string> CopyAsync(string from, string to, CancellationToken stop)
    {
        using var source = await http.GetAsync(from, HttpCompletionOption.ResponseHeadersRead, stop);
        source.EnsureSuccessStatusCode();
        using var target = await http.PutAsync(to, source.Content, stop);
        target.EnsureSuccessStatusCode();
        return await target.Content.ReadAsStringAsync(stop);
    }
}
