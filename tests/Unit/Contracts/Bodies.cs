using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Contracts;

/// <summary>Bodies as outsiders write them, whole and spoiled in one place.</summary>
internal static class Bodies
{
    public const string Account = """
        {
          "source": "crm", "native_id": "0015", "account_id": "ACME-1", "name": "Acme", "join_date": "2024-03-01",
          "observed_at": "2026-11-24T09:30:00Z", "fields": {"Type": "Customer"}, "links": [{"system": "billing", "native_id": "B-7"}],
          "emails": ["ann@acme.example"], "account_support_id": "S-1", "deleted": false
        }
        """;

    public const string Child = """
        {
          "source": "portal", "object_type": "feedback", "native_id": 17, "observed_at": "2026-11-24T09:30:00+01:00",
          "data": {"stars": 5}, "deleted": false, "claims": [{"by": "parent", "value": "P-1", "system": "desk"}],
          "account_id": "ACME-1", "parent_id": "P-2", "email": "ann@acme.example", "user_id": "U-1", "account_support_id": "S-1"
        }
        """;

    public const string Mapping = """{"user_id": "U-1", "account_id": "ACME-1", "observed_at": "2026-11-24T09:30:00Z"}""";

    public static Refusal? ReadAny(string message, string body) => message switch
    {
        Exchanges.AccountDiscovered => MessageReader.AccountDiscovered(Bytes(body)).Refusal,
        Exchanges.ChildObjectReceived => MessageReader.ChildObjectReceived(Bytes(body)).Refusal,
        Exchanges.UserMapped => MessageReader.UserMapped(Bytes(body)).Refusal,
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "No such message is read."),
    };

    public static string Of(string message) => message switch
    {
        Exchanges.AccountDiscovered => Account,
        Exchanges.ChildObjectReceived => Child,
        _ => Mapping,
    };

    public static string Without(string body, string field) => Changed(body, json => json.Remove(field));

    public static string With(string body, string field, string value) => Changed(body, json => json[field] = JsonNode.Parse(value));

    public static ReadOnlyMemory<byte> Bytes(string body) => Encoding.UTF8.GetBytes(body);

    /// <summary>The child, which has to be readable.</summary>
    public static ChildObjectReceived ReadChild(string body)
    {
        var read = MessageReader.ChildObjectReceived(Bytes(body));
        Assert.True(read.Refusal is null, read.Refusal?.Sentence);
        return read.Message!;
    }

    private static string Changed(string body, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        change(json);
        return json.ToJsonString();
    }
}
