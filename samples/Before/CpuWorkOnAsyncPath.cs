using System.Security.Cryptography;
using System.Text;

namespace Samples;

/// <summary>Sign-in derives the password's key inside the request, on the threads that every other request needs.</summary>
public static class CpuWorkOnAsyncPath
{
    private const int Iterations = 600_000;
    private const int VaultIterations = 2_850_000;
    private static readonly byte[] Salt = Encoding.UTF8.GetBytes("a salt per account");
    private static readonly byte[] Stored = Convert.FromHexString("4765b735a3784ebeb16d4f24cd1b1829bf7215b15dc2f9ce5404cb7d94d5d2a5");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", async (HttpRequest request, CancellationToken stop) =>
        {
            var login = await request.ReadFromJsonAsync<SignIn>(stop);
            if (login is null) return Results.BadRequest();

            var key = Rfc2898DeriveBytes.Pbkdf2(login.Password, Salt, Iterations, HashAlgorithmName.SHA256, 32); // EXM201
            return Results.Ok(new SignedIn(login.Name, CryptographicOperations.FixedTimeEquals(key, Stored)));
        });

        // The same from the pool: one hop more, and the same threads.
        routes.MapPost("/sign-in/pool", async (SignIn login, CancellationToken stop) =>
        {
            var key = await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(login.Password, Salt, Iterations, HashAlgorithmName.SHA256, 32), stop); // EXM201
            return new SignedIn(login.Name, CryptographicOperations.FixedTimeEquals(key, Stored));
        });

        // A key that is five times as dear.
        routes.MapPost("/vault", async (HttpRequest request, CancellationToken stop) =>
        {
            var login = await request.ReadFromJsonAsync<SignIn>(stop);
            if (login is null) return Results.BadRequest();

            var key = Rfc2898DeriveBytes.Pbkdf2(login.Password, Salt, VaultIterations, HashAlgorithmName.SHA256, 32); // EXM201
            return Results.Ok(new Vault(login.Name, Convert.ToHexString(key)));
        });
    }
}

public sealed record SignIn(string Name, string Password);

public sealed record SignedIn(string Name, bool Welcome);

public sealed record Vault(string Name, string Key);
