using System.Text;
using CsCheck;

namespace Pipeline.Properties.Tests.Contracts;

/// <summary>JSON texts of every shape, hostile ones among them, and whole messages spoiled a little.</summary>
internal static class AnyJson
{
    private static readonly string[] Names =
    [
        "source", "object_type", "native_id", "observed_at", "account_id", "data", "claims", "deleted", "by", "value", "system", "links", "fields", "emails",
        "email", "user_id", "parent_id", "account_support_id", "name", "join_date", "a", "", "a.by", "(record)", "\\u0000", "\\ud800", "so\\u0075rce", "😀",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-0", "12345", "12345.0", "1e5", "1E-400", "1e999999", "123456789012345678901234567890", "\"\"", "\" \"", "\"A1\"", "\"crm\"",
        "\"account_id\"", "\"parent\"", "\"email\"", "\"2026-11-24T09:30:00Z\"", "\"2026-11-24T09:30:00+0000\"", "\"2026-11-24\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\\\u0000\"", "\"😀\"", "\"\\\"\"",
    ];

    private const string Account =
        """{"source":"crm","native_id":"1","account_id":"A","name":"Acme","join_date":"2024-03-01","observed_at":"2026-11-24T09:30:00Z","fields":{"a":1},"links":[{"system":"b","native_id":"2"}],"emails":["e"],"deleted":true}""";

    private const string Child =
        """{"source":"crm","object_type":"t","native_id":"1","observed_at":"2026-11-24T09:30:00.123456Z","data":{"a":[1,{"b":"\u00e9"}]},"claims":[{"by":"parent","value":"x","system":"s"},{"by":"account_id","value":7}]}""";

    private const string Mapping = """{"user_id":"U","account_id":"A","observed_at":"2026-11-24T09:30:00Z"}""";

    private static readonly Gen<string> Scalar = Gen.OneOf(Scalars);

    private static readonly Gen<string> Name = Gen.OneOf(Names).Select(name => $"\"{name}\"");

    /// <summary>Any value, up to three levels deep.</summary>
    public static Gen<string> Value { get; } = Gen.OneOf<string>(Scalar, Scalar, ListOf(Scalar), ObjectOf(Gen.OneOf<string>(Scalar, ListOf(ObjectOf(Scalar)))));

    /// <summary>Objects made of the names that are read and others, some twice.</summary>
    public static Gen<string> Object { get; } = ObjectOf(Value);

    /// <summary>A whole message with one to three fields replaced by any value: near enough to be read in part.</summary>
    public static Gen<string> SpoiledField { get; } =
        Gen.Select(Gen.OneOf(Account, Child, Mapping), Name, Value, (body, name, value) => body.Replace($"{name}:", $"{name}:{value},\"was\":", StringComparison.Ordinal));

    /// <summary>A whole message with a few bytes changed, left out or repeated.</summary>
    public static Gen<byte[]> SpoiledBytes { get; } =
        Gen.Select(Gen.OneOf(Account, Child, Mapping), Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1_000], Gen.Byte).Array[1, 4], Spoil);

    private static Gen<string> ListOf(Gen<string> item) => item.Array[0, 3].Select(items => $"[{string.Join(',', items)}]");

    private static Gen<string> ObjectOf(Gen<string> value) =>
        Gen.Select(Name, value, (name, text) => $"{name}:{text}").Array[0, 6].Select(fields => $"{{{string.Join(',', fields)}}}");

    private static byte[] Spoil(string body, (int How, int Where, byte What)[] changes)
    {
        var bytes = Encoding.UTF8.GetBytes(body).ToList();
        foreach (var (how, where, what) in changes)
        {
            var at = where % bytes.Count;
            if (how == 0) bytes[at] = what;
            else if (how == 1) bytes.RemoveRange(at, Math.Min(what % 8, bytes.Count - at - 1));
            else bytes.InsertRange(at, bytes.GetRange(at, Math.Min(what % 32, bytes.Count - at)));
        }

        return [.. bytes];
    }
}
