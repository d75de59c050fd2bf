using System.Text;
using System.Text.Json;
using System.Xml.Serialization;

namespace ExecutionModel.Perf.Calibration;

/// <summary>Input that is neither all alike nor all different: words, as in a document.</summary>
internal static class Samples
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 2000).Select(i => Convert.ToString(i * 7919 % 100_003, 16) + (char)('a' + i % 26))];

    public static byte[] Text(int bytes)
    {
        var random = new Random(7);
        var text = new StringBuilder(bytes + 16);
        while (text.Length < bytes) text.Append(Words[random.Next(Words.Length)]).Append(' ');
        return Encoding.ASCII.GetBytes(text.ToString(0, bytes));
    }

    /// <summary>At least so many characters of rows.</summary>
    public static string Json(int length) => JsonSerializer.Serialize(Rows(length));

    public static string Xml(int length)
    {
        var text = new StringWriter();
        new XmlSerializer(typeof(Row[])).Serialize(text, Rows(length / 2));
        return text.ToString();
    }

    /// <summary>A row takes about a hundred characters of JSON, and twice as many of XML.</summary>
    private static Row[] Rows(int length) =>
        [.. Enumerable.Range(0, length / 100).Select(i => new Row { Id = i, Name = Words[i % Words.Length], Price = i * 1.25, On = DateTime.UnixEpoch.AddMinutes(i), Tags = [Words[i * 7 % Words.Length], "new"] })];

    /// <summary>Thirty files of 50 kB in a folder of their own.</summary>
    public static string Folder()
    {
        var folder = Directory.CreateTempSubdirectory("calibration").FullName;
        var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        for (var i = 0; i < 30; i++) File.WriteAllBytes(Path.Combine(files, $"{i}.txt"), Text(50_000));
        return folder;
    }
}
