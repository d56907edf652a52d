using System.Globalization;
using System.Text;
using Pipeline.Contracts;
using RabbitMQ.Client;

namespace Pipeline.Faults.Tests.Load;

/// <summary>Inputs that nobody should send: messages as publishers write them, broken in one or several ways, with headers to match. From a seed.</summary>
public sealed class Fuzz(int seed)
{
    private static readonly string[] Strange =
    [
        "null", "true", "[]", "{}", "\"\"", "\" \"", "0", "-0", "1e400", "-1E-400", "123456789012345678901234567890", "0.1e1", "12.0", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\u200b\"",
        "\"2026-02-30T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2026-01-01T00:00:00+25:00\"", "{\"a\":{\"a\":{}}}", "[[[[]]]]", "\"'; drop table parked; --\"", "\"<script>alert(1)</script>\"", "NaN", "undefined", "'x'",
    ];

    private static readonly string[] Exchanges = [Contracts.Exchanges.ChildObjectReceived, Contracts.Exchanges.ChildObjectReceived, Contracts.Exchanges.AccountDiscovered, Contracts.Exchanges.UserMapped, Contracts.Exchanges.UsageEventReceived];

    private readonly Random _random = new(seed);
    private int _number;

    public (string Exchange, byte[] Body, BasicProperties Properties) Next()
    {
        var exchange = Pick(Exchanges);
        var body = Broken(Encoding.UTF8.GetBytes(Whole(exchange)));
        return (exchange, body, Properties());
    }

    /// <summary>From a seed that is said, so that FUZZ_SEED can repeat it.</summary>
    /// <param name="run">Whose.</param>
    public static Fuzz Seeded(string run)
    {
        var seed = Environment.GetEnvironmentVariable("FUZZ_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        Console.WriteLine($"{run}: seed {seed}; FUZZ_SEED repeats it");
        return new Fuzz(seed);
    }

    /// <summary>A body as somebody sends it, broken in none or several ways.</summary>
    public byte[] Broken(byte[] whole)
    {
        var text = Encoding.UTF8.GetString(whole);
        for (var more = _random.Next(4); more > 0; more--) text = Broken(text);
        var body = Encoding.UTF8.GetBytes(text);
        return _random.Next(6) == 0 ? Mangled(body) : body;
    }

    /// <summary>One of these.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private string Whole(string exchange)
    {
        var id = (++_number).ToString(CultureInfo.InvariantCulture);
        var at = $"2026-01-{1 + _random.Next(28):00}T00:00:00Z";
        return exchange switch
        {
            Contracts.Exchanges.AccountDiscovered => $$$"""{"source":"crm","native_id":"{{{id}}}","observed_at":"{{{at}}}","account_id":"A{{{_random.Next(50)}}}","name":"Acme","join_date":"2025-06-01","fields":{"Type":"Customer"},"links":[{"system":"billing","native_id":"{{{id}}}"}]}""",
            Contracts.Exchanges.UserMapped => $$$"""{"user_id":"u{{{_random.Next(50)}}}","account_id":"A{{{_random.Next(50)}}}","source":"desk","valid_from":"{{{at}}}","observed_at":"{{{at}}}"}""",
            _ => $$$"""{"source":"desk","object_type":"ticket","native_id":"{{{id}}}","observed_at":"{{{at}}}","account_id":"A{{{_random.Next(50)}}}","email":"ada@a{{{id}}}.example","claims":[{"by":"parent","system":"crm","value":"{{{id}}}"}],"deleted":false,"data":{"subject":"Hello","tags":["a","b"]}}""",
        };
    }

    /// <summary>One change to the text, which mostly leaves it JSON.</summary>
    private string Broken(string text)
    {
        var at = _random.Next(text.Length + 1);
        var colons = text.Select((letter, index) => (letter, index)).Where(pair => pair.letter == ':').Select(pair => pair.index).ToList();
        switch (_random.Next(12))
        {
            case 0: return text[..at];
            case 1: return text.Insert(at, Pick(["\"", "{", "}", "[", "]", ",", "\\", "\u0000", "\ufeff", " ", "\n", "é", "\ud83d\ude00"]));
            case 2 when at < text.Length: return text.Remove(at, 1);
            case 3: return text + text;
            case 4: return $"[{text}]";
            case 5: return text.Replace("\"data\"", "\"account_id\"", StringComparison.Ordinal);
            case 6: return new string('[', 1 + _random.Next(2000)) + text;
            case 7: return text.Replace("Hello", new string('x', 1 << _random.Next(0, 21)), StringComparison.Ordinal);
            case 8: return $"\ufeff{text}";
            case 9: return text.ToUpperInvariant();
            default:
                if (colons.Count == 0) return "";
                var colon = Pick(colons);
                var end = text.IndexOfAny([',', '}'], colon);
                return end < 0 ? text : $"{text[..(colon + 1)]}{Pick(Strange)}{text[end..]}";
        }
    }

    private byte[] Mangled(byte[] body)
    {
        switch (_random.Next(5))
        {
            case 0: return [];
            case 1: return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body));
            case 2 when _random.Next(40) == 0: return new byte[(16 * 1024 * 1024) - 1024];
            case 3:
                var noise = new byte[_random.Next(2000)];
                _random.NextBytes(noise);
                return noise;
            default:
                for (var flips = 1 + _random.Next(5); flips > 0 && body.Length > 0; flips--) body[_random.Next(body.Length)] ^= (byte)(1 << _random.Next(8));
                return body;
        }
    }

    private BasicProperties Properties()
    {
        var properties = new BasicProperties { Persistent = true };
        if (_random.Next(3) == 0) properties.MessageId = Pick(["", "1", new string('m', 255), Guid.Empty.ToString(), "\u0000", "é"]);
        if (_random.Next(3) == 0) properties.ContentType = Pick(["application/json", "application/vnd.masstransit+json", "text/xml", "", new string('c', 255), "application/json; charset=utf-16"]);
        if (_random.Next(4) == 0) properties.ContentEncoding = Pick(["gzip", "utf-16"]);
        if (_random.Next(4) == 0) properties.CorrelationId = "not a guid";
        if (_random.Next(3) != 0) return properties;
        properties.Headers = new Dictionary<string, object?>
        {
            [Pick(["traceparent", "MT-Activity-Id", "x-delivery-count", "x-death", "baggage", "MT-Host-Info"])] = Pick<object?>(
                ["00-00000000000000000000000000000000-0000000000000000-00", "nonsense", -1, long.MaxValue, 1.5, null, true, new byte[] { 0, 255 }, new List<object> { 1, "a" }, new Dictionary<string, object?> { ["a"] = null }, new string('h', 5000), new AmqpTimestamp(long.MaxValue)]),
        };
        return properties;
    }
}
