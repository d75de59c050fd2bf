using System.IO.Compression;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Serialization;
using System.Xml.Xsl;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;

namespace ExecutionModel.Perf.Calibration;

/// <summary>How each weight of the verified catalogue is measured, or why it is not. A test names the lines that are missing here.</summary>
public static class Gauges
{
    private const string Crypto = "System.Security.Cryptography.";
    private const string Pattern = "the weight stands for a pattern that nobody knows";
    private const string Library = "a package that this program does without; the test project looks its names up only";
    private const string Zip = "System.IO.Compression.";

    /// <summary>How long the search for a prime takes is chance.</summary>
    private const int KeyRounds = 15;

    private static readonly byte[] Salt = new byte[16];
    private static readonly XmlSerializer RowsOfXml = new(typeof(Row[]));

    public static IReadOnlyDictionary<string, Gauge> Measured { get; } = new Dictionary<string, Gauge>(StringComparer.Ordinal)
    {
        [Crypto + "Rfc2898DeriveBytes.Pbkdf2(*,*,System.Int32,*,*)"] = Gauge.Per("SHA-1", 1000, 5000, n => () => Rfc2898DeriveBytes.Pbkdf2("password", Salt, n, HashAlgorithmName.SHA1, 20)),
        [Crypto + "Rfc2898DeriveBytes.Pbkdf2(*,*,*,System.Int32,*)"] = Gauge.Per("SHA-1", 1000, 5000, n =>
        {
            var key = new byte[20];
            return () => Rfc2898DeriveBytes.Pbkdf2("password", Salt, key, n, HashAlgorithmName.SHA1);
        }),
#pragma warning disable SYSLIB0041, SYSLIB0060 // old forms that programs still use
        [Crypto + "Rfc2898DeriveBytes.#ctor(*,*,System.Int32)"] = Gauge.Per("SHA-1, with GetBytes", 1000, 5000, n => () => new Rfc2898DeriveBytes("password", Salt, n).GetBytes(20)),
        [Crypto + "Rfc2898DeriveBytes.#ctor(*,*,System.Int32,*)"] = Gauge.Per("SHA-1, with GetBytes", 1000, 5000, n => () => new Rfc2898DeriveBytes("password", Salt, n, HashAlgorithmName.SHA1).GetBytes(20)),
#pragma warning restore SYSLIB0041, SYSLIB0060
        ["Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation.Pbkdf2(*)"] = Gauge.Per("SHA-1", 1000, 5000, n => () => KeyDerivation.Pbkdf2("password", Salt, KeyDerivationPrf.HMACSHA1, n, 20)),
        ["Microsoft.AspNetCore.Identity.PasswordHasher`1.HashPassword(*)"] = Gauge.Call("default options", () => () => new PasswordHasher<string>().HashPassword("ada", "password")),
        ["Microsoft.AspNetCore.Identity.PasswordHasher`1.VerifyHashedPassword(*)"] = Gauge.Call("default options", () =>
        {
            var hash = new PasswordHasher<string>().HashPassword("ada", "password");
            return () => new PasswordHasher<string>().VerifyHashedPassword("ada", hash, "password");
        }),
        [Crypto + "RSA.Create(System.Int32)"] = Gauge.Call("2048 bits", () => () =>
        {
            using var key = RSA.Create(2048);
            key.ExportParameters(true);
        }, KeyRounds),
        [Crypto + "RSACryptoServiceProvider.#ctor(System.Int32)"] = Gauge.Call("2048 bits", () => () =>
        {
            using var key = new RSACryptoServiceProvider(2048);
            key.ExportParameters(true);
        }, KeyRounds),
        [Crypto + "DSA.Create(System.Int32)"] = Gauge.Call("2048 bits", () => () =>
        {
            using var key = DSA.Create(2048);
            key.ExportParameters(true);
        }, KeyRounds),
        [Crypto + "SHA1.HashData(*)"] = Hash(SHA1.HashData),
        [Crypto + "SHA256.HashData(*)"] = Hash(SHA256.HashData),
        [Crypto + "SHA384.HashData(*)"] = Hash(SHA384.HashData),
        [Crypto + "SHA512.HashData(*)"] = Hash(SHA512.HashData),
        [Crypto + "MD5.HashData(*)"] = Hash(MD5.HashData),
        ["System.Text.Json.JsonSerializer.Deserialize(*)"] = Document(Samples.Json, text => JsonSerializer.Deserialize<Row[]>(text)),
        ["System.Text.Json.JsonDocument.Parse(*)"] = Document(Samples.Json, text => JsonDocument.Parse(text).Dispose()),
        ["System.Text.Json.Nodes.JsonNode.Parse(*)"] = Document(Samples.Json, text => JsonNode.Parse(text)),
        ["System.Xml.Linq.XDocument.Parse(*)"] = Document(Samples.Xml, text => XDocument.Parse(text)),
        ["System.Xml.Linq.XElement.Parse(*)"] = Document(Samples.Xml, text => XElement.Parse(text)),
        ["System.Xml.Linq.XDocument.Load(*)"] = Document(Samples.Xml, text => XDocument.Load(new StringReader(text))),
        ["System.Xml.Linq.XElement.Load(*)"] = Document(Samples.Xml, text => XElement.Load(new StringReader(text))),
        ["System.Xml.Serialization.XmlSerializer.Deserialize(*)"] = Document(Samples.Xml, text => RowsOfXml.Deserialize(new StringReader(text))),
        ["System.Array.Sort(*)"] = Sort(numbers => Array.Sort(numbers)),
        ["System.Collections.Generic.List`1.Sort(*)"] = Sort(numbers => new List<int>(numbers).Sort()),
        [Zip + "GZipStream.Write(*)"] = Compress(s => new GZipStream(s, CompressionLevel.Fastest)),
        [Zip + "GZipStream.WriteAsync(*)"] = CompressAsync(s => new GZipStream(s, CompressionLevel.Fastest)),
        [Zip + "DeflateStream.Write(*)"] = Compress(s => new DeflateStream(s, CompressionLevel.Fastest)),
        [Zip + "DeflateStream.WriteAsync(*)"] = CompressAsync(s => new DeflateStream(s, CompressionLevel.Fastest)),
        [Zip + "ZLibStream.Write(*)"] = Compress(s => new ZLibStream(s, CompressionLevel.Fastest)),
        [Zip + "ZLibStream.WriteAsync(*)"] = CompressAsync(s => new ZLibStream(s, CompressionLevel.Fastest)),
        [Zip + "BrotliStream.Write(*)"] = Compress(s => new BrotliStream(s, CompressionLevel.Fastest)),
        [Zip + "BrotliStream.WriteAsync(*)"] = CompressAsync(s => new BrotliStream(s, CompressionLevel.Fastest)),
        [Zip + "BrotliEncoder.TryCompress(*)"] = Gauge.Per("quality 1", 100_000, 300_000, n =>
        {
            var (text, target) = (Samples.Text(n), new byte[2 * n]);
            return () => BrotliEncoder.TryCompress(text, target, out _, quality: 1, window: 22);
        }),
        [Zip + "ZipFile.CreateFromDirectory(*)"] = Gauge.Call("thirty files of 50 kB", () =>
        {
            var folder = Samples.Folder();
            return () =>
            {
                File.Delete(Path.Combine(folder, "a.zip"));
                ZipFile.CreateFromDirectory(Path.Combine(folder, "files"), Path.Combine(folder, "a.zip"));
            };
        }),
        [Zip + "ZipFile.ExtractToDirectory(*)"] = Gauge.Call("thirty files of 50 kB", () =>
        {
            var folder = Samples.Folder();
            ZipFile.CreateFromDirectory(Path.Combine(folder, "files"), Path.Combine(folder, "a.zip"));
            return () => ZipFile.ExtractToDirectory(Path.Combine(folder, "a.zip"), Path.Combine(folder, "out"), overwriteFiles: true);
        }),
        ["System.Numerics.BigInteger.Pow(*)"] = Gauge.Per("3 to the power of n", 20_000, 60_000, n => () => BigInteger.Pow(3, n)),
        ["System.Numerics.BigInteger.ModPow(*)"] = Gauge.Call("1,536 bits", () =>
        {
            var (value, exponent, modulus) = (BigInteger.Pow(3, 900), BigInteger.Pow(5, 661), BigInteger.Pow(7, 547));
            return () => BigInteger.ModPow(value, exponent, modulus);
        }),
        ["System.Xml.Xsl.XslCompiledTransform.Load(*)"] = Gauge.Call("a stylesheet of three templates", () => () => Stylesheet()),
        ["System.Xml.Xsl.XslCompiledTransform.Transform(*)"] = Gauge.Call("a document of 1,000 elements", () =>
        {
            var sheet = Stylesheet();
            var document = "<a>" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"<b>{i}</b>")) + "</a>";
            return () => sheet.Transform(XmlReader.Create(new StringReader(document)), XmlWriter.Create(TextWriter.Null));
        }, rounds: 15),
    };

    /// <summary>Api and reason.</summary>
    public static IReadOnlyDictionary<string, string> NotMeasured { get; } = new Dictionary<string, string>(Reasons(), StringComparer.Ordinal)
    {
        ["Microsoft.AspNetCore.Identity.IPasswordHasher`1+.HashPassword(*)"] = "an interface: whoever implements it; PasswordHasher is measured",
        ["Microsoft.AspNetCore.Identity.IPasswordHasher`1+.VerifyHashedPassword(*)"] = "an interface: whoever implements it; PasswordHasher is measured",
        [Crypto + "RSACng.#ctor(System.Int32)"] = "runs on Windows only",
        [Crypto + "RSAOpenSsl.#ctor(System.Int32)"] = "does not run on Windows; RSA.Create is the same there",
        [Crypto + "DSACng.#ctor(System.Int32)"] = "runs on Windows only",
        [Crypto + "DSAOpenSsl.#ctor(System.Int32)"] = "does not run on Windows; DSA.Create is the same there",
        [Zip + "ZipFile.CreateFromDirectoryAsync(*)"] = "as CreateFromDirectory",
        [Zip + "ZipFile.ExtractToDirectoryAsync(*)"] = "as ExtractToDirectory",
    };

    private static IEnumerable<KeyValuePair<string, string>> Reasons()
    {
        const string regex = "System.Text.RegularExpressions.Regex.";
        foreach (var name in (string[])["IsMatch", "Match", "Matches", "Count", "Split"])
        {
            yield return new(regex + name + "(System.String,System.String)", Pattern);
            yield return new(regex + name + "(System.String,System.String,System.Text.RegularExpressions.RegexOptions)", Pattern);
        }

        yield return new(regex + "Replace(System.String,System.String,System.String)", Pattern);
        yield return new(regex + "Replace(System.String,System.String,System.String,System.Text.RegularExpressions.RegexOptions)", Pattern);
        foreach (var name in (string[])["Svd", "Evd", "Multiply", "Inverse", "Determinant", "QR", "LU", "Cholesky", "Solve"])
            yield return new($"MathNet.Numerics.LinearAlgebra.Matrix`1+.{name}(*)", Library);
        foreach (var name in (string[])["Zip.FastZip.CreateZip", "Zip.FastZip.ExtractZip", "GZip.GZip.Compress", "GZip.GZip.Decompress", "BZip2.BZip2.Compress", "BZip2.BZip2.Decompress", "Zip.Compression.Streams.DeflaterOutputStream+.Write"])
            yield return new($"ICSharpCode.SharpZipLib.{name}(*)", Library);
        yield return new("Newtonsoft.Json.JsonConvert.DeserializeObject(*)", Library);
        foreach (var name in (string[])["Image.FromFile", "Image.FromStream", "Image.Save", "Graphics.DrawImage"])
            yield return new($"System.Drawing.{name}(*)", "runs on Windows only");
    }

    private static Gauge Hash(Func<byte[], byte[]> hash) => Gauge.Per("one array", 100_000, 1_000_000, n =>
    {
        var text = Samples.Text(n);
        return () => hash(text);
    });

    private static Gauge Document(Func<int, string> write, Action<string> read) => Gauge.Per("rows of five values", 100_000, 1_000_000, n =>
    {
        var text = write(n);
        return () => read(text);
    });

    /// <summary>Per item and step: of so many items that n log₂ n is the size.</summary>
    private static Gauge Sort(Action<int[]> sort) => Gauge.Per("numbers in no order", 100_000, 2_000_000, steps =>
    {
        var count = 2;
        while (count * Math.Log2(count) < steps) count++;
        var (random, numbers) = (new Random(7), new int[count]);
        return () =>
        {
            for (var i = 0; i < count; i++) numbers[i] = random.Next();
            sort(numbers);
        };
    });

    private static Gauge Compress(Func<Stream, Stream> open) => Gauge.Per("CompressionLevel.Fastest", 100_000, 300_000, n =>
    {
        var text = Samples.Text(n);
        return () =>
        {
            using var stream = open(Stream.Null);
            stream.Write(text, 0, text.Length);
        };
    });

    private static Gauge CompressAsync(Func<Stream, Stream> open) => Gauge.Per("CompressionLevel.Fastest", 100_000, 300_000, n =>
    {
        var text = Samples.Text(n);
        return () =>
        {
            using var stream = open(Stream.Null);
            stream.WriteAsync(text, 0, text.Length).Wait();
        };
    });

    private static XslCompiledTransform Stylesheet()
    {
        const string text = """
            <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
              <xsl:template match="/"><r><xsl:apply-templates select="a/b"><xsl:sort select="."/></xsl:apply-templates></r></xsl:template>
              <xsl:template match="b[. mod 2 = 0]"><even><xsl:value-of select=". * 2"/></even></xsl:template>
              <xsl:template match="b"><odd><xsl:value-of select="concat('n', .)"/></odd></xsl:template>
            </xsl:stylesheet>
            """;
        var sheet = new XslCompiledTransform();
        sheet.Load(XmlReader.Create(new StringReader(text)));
        return sheet;
    }
}
