using System.Security.Cryptography;
using System.Text;

namespace Samples;

/// <summary>A price is sealed for a sku, and asked for only when the seal is done, although the question doesn't need it.</summary>
public static class ComputeBeforeWait
{
    private const int Iterations = 400_000;
    private static readonly byte[] Salt = Encoding.UTF8.GetBytes("a salt per shop");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sealed/{sku}", async (string sku, HttpClient http, CancellationToken stop) =>
        {
            var seal = Rfc2898DeriveBytes.Pbkdf2(sku, Salt, Iterations, HashAlgorithmName.SHA256, 8); // EXM201
            var price = await http.GetFromJsonAsync<Price>($"prices/{sku}", stop); // EXM206
            return $"{price!.Sku} {price.Amount:0.00} {Convert.ToHexString(seal)}";
        });
    }
}
