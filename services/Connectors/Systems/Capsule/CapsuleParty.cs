using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Capsule;

/// <summary>
/// A party: an organisation, which is an account, or a person, who may belong to one. Custom fields are a list of values
/// with their definitions. Source: developer.capsulecrm.com/v2, models Party, Website, Field value.
/// </summary>
internal static class CapsuleParty
{
    public const string Stamp = "updatedAt";

    public static Mapped Map(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) => record.OptionalText("type") switch
    {
        "person" => CapsuleChild.Map(record, "person"),
        null or "organisation" => Organisation(record, accountId, joinDate, fields),
        var other => new Mapped.Unmappable($"The field type is {other}, neither organisation nor person."),
    };

    public static IReadOnlyList<string> Emails(Fields party) => [.. party.List("emailAddresses", email => email.Text("address")).OfType<string>()];

    private static Mapped Organisation(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, party =>
        {
            if (record.OptionalText("type") is null) party.Wrong("type", "is missing");
            return new AccountDiscovered
            {
                Source = CapsuleConnector.Name,
                NativeId = party.RequiredText("id"),
                AccountId = StatedAccountId.Of(accountId == "website" ? Website(record) : Value(record, accountId)),
                Name = party.Text("name"),
                JoinDate = party.Date(joinDate, Value(record, joinDate)),
                ObservedAt = party.RequiredTime(Stamp),
                Emails = Emails(party),
                Fields = CustomFields.Pick(fields, name => Value(record, name)),
            };
        });

    /// <summary>The address as it was written; the other services are pages in social networks.</summary>
    private static JsonElement Website(JsonElement record) =>
        Items(record, "websites").FirstOrDefault(site => site.OptionalText("service") == "URL").Inside("address");

    private static JsonElement Value(JsonElement record, string name) =>
        record.Inside(name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } own
            ? own : Items(record, "fields").FirstOrDefault(field => IsOf(field.Inside("definition"), name)).Inside("value");

    private static bool IsOf(JsonElement definition, string name) =>
        definition.OptionalText("name") == name || definition.OptionalWhole("id")?.ToString(CultureInfo.InvariantCulture) == name;

    private static IEnumerable<JsonElement> Items(JsonElement record, string list) =>
        record.Inside(list) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
