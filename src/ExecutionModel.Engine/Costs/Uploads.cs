using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Files that clients send: nobody but the server's limit says how large they are.</summary>
internal static class Uploads
{
    /// <summary>Bytes of a request that ASP.NET Core takes unless told otherwise (<c>KestrelServerLimits.MaxRequestBodySize</c>).</summary>
    public const double Limit = 30_000_000;

    private const int Steps = 6;

    /// <summary>The value is the content of an upload: its stream, or text or bytes read from it as a whole.</summary>
    public static bool Hold(IOperation value, Catalogue catalogue, int steps = Steps)
    {
        if (steps == 0) return false;
        var content = value.Awaited();
        if (catalogue.Of(content.Type)?.Size == Size.Upload) return true;
        return content switch
        {
            IConversionOperation toSpan => Hold(toSpan.Operand, catalogue, steps - 1),
            ILocalReferenceOperation local => KnownNumber.OnlyValue(local) is { } written && Hold(written, catalogue, steps - 1) || IsFilled(local, catalogue, steps - 1),
            IInvocationOperation { TargetMethod.Name: "OpenReadStream" or "ReadToEnd" or "ReadToEndAsync" or "ToArray" or "GetBuffer" or "GetString" } call =>
                Source(call) is { } source && Hold(source, catalogue, steps - 1),
            IObjectCreationOperation { Type.Name: "StreamReader" or "BufferedStream" or "MemoryStream", Arguments: [var from, ..] } => Hold(from.Value, catalogue, steps - 1),
            _ => false,
        };
    }

    private static IOperation? Source(IInvocationOperation call) => call switch
    {
        { TargetMethod.Name: "GetString", Arguments: [var bytes, ..] } => bytes.Value,
        _ => call.Subject(),
    };

    /// <summary><c>await file.CopyToAsync(buffer)</c>.</summary>
    private static bool IsFilled(ILocalReferenceOperation buffer, Catalogue catalogue, int steps) =>
        buffer.Type?.Name == "MemoryStream"
        && buffer.Root().Descendants().Any(o => o is IInvocationOperation { TargetMethod.Name: "CopyTo" or "CopyToAsync", Arguments: [{ Value: var target }, ..] } copy
            && target.Plain() is ILocalReferenceOperation filled && SymbolEqualityComparer.Default.Equals(filled.Local, buffer.Local)
            && copy.Subject() is { } source && Hold(source, catalogue, steps));
}
