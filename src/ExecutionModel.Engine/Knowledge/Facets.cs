using System.Globalization;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>The words of a catalogue line, right of the semicolon. <see cref="Vocabulary"/> is the whole language.</summary>
public static class Facets
{
    private delegate ApiFacts Apply(ApiFacts facts, string? value);

    /// <summary>Word → what it needs (null: no value) and what it sets.</summary>
    private static readonly Dictionary<string, (string? Value, Apply Apply)> Words = new(StringComparer.Ordinal)
    {
        ["io"] = (null, (f, _) => f with { Waiting = Waiting.AsyncIo }),
        ["blocking"] = (null, (f, _) => f with { Waiting = Waiting.BlockingIo }),
        ["delay"] = (null, (f, _) => f with { Waiting = Waiting.Delay }),
        ["waits"] = (null, (f, _) => f with { Waiting = Waiting.OtherWork }),
        ["memory"] = (null, (f, _) => f with { Waiting = Waiting.Memory }),
        ["pure"] = (null, (f, _) => f with { Touch = Touch.Pure }),
        ["read"] = (null, (f, _) => f with { Touch = Touch.Read }),
        ["write"] = (null, (f, _) => f with { Touch = Touch.Write }),
        ["on"] = ("channel or channel:argN", On),
        ["safe"] = (null, (f, _) => f with { Sharing = Sharing.Safe }),
        ["unsafe"] = (null, (f, _) => f with { Sharing = Sharing.Unsafe }),
        ["unit-of-work"] = (null, (f, _) => f with { Sharing = Sharing.UnitOfWork }),
        ["size"] = ("one, small, huge or upload", (f, v) => f with { Size = Value<Size>(v) }),
        ["batch"] = ("contains, include, list, commands or once", (f, v) => f with { Batch = Value<Batch>(v) }),
        ["host"] = ("web, ui, worker, console, test, benchmark, migration, handler, turn, orchestrator or browser", (f, v) => f with { Host = Value<Host>(v) }),
        ["cpu"] = ("10ms, 500ns/arg2, 50us/2^arg1, 10ns/byte0 or 10ms/unknown1", (f, v) => f with { Cpu = ParseCpu(v!) }),
        ["quick"] = (null, (f, _) => f with { Quick = true }),
        ["lazily"] = (null, (f, _) => f with { Lazily = true }),
        ["fresh"] = (null, (f, _) => f with { Fresh = true }),
        ["deferred"] = (null, (f, _) => f with { Deferred = true }),
        ["invokes"] = ("argN", (f, v) => f with { Invokes = Argument(v!) }),
        ["gate"] = (null, (f, _) => f with { Gate = true }),
        ["guard"] = (null, (f, _) => f with { Guard = true }),
        ["offloads"] = (null, (f, _) => f with { Offloads = true }),
        ["drops"] = ("joined or detached", (f, v) => f with { Drops = Value<Drops>(v) }),
        ["throws-early"] = (null, (f, _) => f with { ThrowsEarly = true }),
        ["async"] = ("member name", (f, v) => f with { Counterpart = v }),
        ["holds"] = (null, (f, _) => f with { Holds = true }),
        ["buffered"] = (null, (f, _) => f with { Buffered = true }),
        ["queue"] = ("unbounded, add or take", (f, v) => f with { Queue = Value<Queue>(v) }),
        ["connections"] = ("own or argN", (f, v) => f with { Connections = v == "own" ? ApiFacts.OwnConnections : Argument(v!) }),
        ["fake-async"] = (null, (f, _) => f with { FakeAsync = true }),
        ["container"] = (null, (f, _) => f with { Container = true }),
        ["serial"] = (null, (f, _) => f with { Serial = true }),
        ["concurrent"] = ("type name", (f, v) => f with { Concurrent = v }),
        ["likely"] = (null, (f, _) => f with { Likely = true }),
    };

    /// <summary>Every word, with the values it takes.</summary>
    public static IEnumerable<string> Vocabulary => Words.Select(w => w.Value.Value is null ? w.Key : $"{w.Key}={w.Value.Value}");

    /// <exception cref="FormatException">A word or value is unknown.</exception>
    public static ApiFacts Parse(string text, string source)
    {
        var facts = new ApiFacts { Source = source };
        var any = false;
        foreach (var token in text.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = token.IndexOf('=');
            var word = equals < 0 ? token : token.Substring(0, equals);
            var value = equals < 0 ? null : token.Substring(equals + 1);
            if (!Words.TryGetValue(word, out var known)) throw new FormatException($"unknown facet '{word}': expected one of {string.Join(", ", Words.Keys)}");
            if (known.Value is null != value is null) throw new FormatException(known.Value is null ? $"facet '{word}' takes no value" : $"facet '{word}' needs a value: {known.Value}");
            facts = known.Apply(facts, value);
            any = true;
        }

        return any ? facts : throw new FormatException("expected at least one facet after ';'");
    }

    private static ApiFacts On(ApiFacts facts, string? value)
    {
        var colon = value!.IndexOf(':');
        var channel = Value<Channel>(colon < 0 ? value : value.Substring(0, colon));
        return facts with { Channel = channel, KeyArgument = colon < 0 ? -1 : Argument(value.Substring(colon + 1)) };
    }

    private static T Value<T>(string? text) where T : struct =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(typeof(T), value)
            ? value
            : throw new FormatException($"unknown value '{text}': expected one of {string.Join(", ", Enum.GetNames(typeof(T)).Select(n => n.ToLowerInvariant()))}");

    private static int Argument(string text) =>
        text.StartsWith("arg", StringComparison.Ordinal) && int.TryParse(text.Substring(3), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw new FormatException($"expected 'argN', found '{text}'");

    private static CpuWeight ParseCpu(string text)
    {
        var slash = text.IndexOf('/');
        var (unit, argument) = (CpuUnit.Call, -1);
        if (slash >= 0)
        {
            var per = text.Substring(slash + 1);
            (unit, argument) = per switch
            {
                _ when per.StartsWith("byte", StringComparison.Ordinal) => (CpuUnit.ArgumentLength, Argument("arg" + per.Substring(4))),
                _ when per.StartsWith("unknown", StringComparison.Ordinal) => (CpuUnit.UnknownArgument, Argument("arg" + per.Substring(7))),
                "sort" => (CpuUnit.Sorting, CpuWeight.Receiver),
                _ when per.StartsWith("sort", StringComparison.Ordinal) => (CpuUnit.Sorting, Argument("arg" + per.Substring(4))),
                _ when per.StartsWith("2^", StringComparison.Ordinal) => (CpuUnit.ArgumentPower, Argument(per.Substring(2))),
                _ => (CpuUnit.ArgumentValue, Argument(per)),
            };
        }

        var amount = slash < 0 ? text : text.Substring(0, slash);
        var digits = 0;
        while (digits < amount.Length && (char.IsDigit(amount[digits]) || amount[digits] == '.')) digits++;
        if (!double.TryParse(amount.Substring(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw new FormatException($"expected a duration such as 10ms or 500ns/arg2, found '{text}'");
        var scale = amount.Substring(digits) switch
        {
            "ns" => 1d,
            "us" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            var other => throw new FormatException($"unknown unit '{other}': expected ns, us, ms or s"),
        };
        return new CpuWeight(number * scale, unit, argument);
    }
}
