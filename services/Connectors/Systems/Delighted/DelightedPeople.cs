using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Delighted;

/// <summary>
/// People, by the time at which they were added: there is no other filter, and a later change of one is not shown. Their
/// order is not documented, so only a whole pass moves the checkpoint. Source: delighted.com/docs/api, Listing people.
/// </summary>
internal static class DelightedPeople
{
    public static Feed Feed(int rows, TimeSpan lag) => new()
    {
        Name = "people",
        OrderedByCursor = false,
        Lag = lag,
        First = start => VendorRequest.Get("/v1/people.json",
            ("per_page", rows.ToString(CultureInfo.InvariantCulture)),
            ("since", StampCursor.From(start)?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))),
        Read = answer =>
        {
            var records = answer.Body.Rows();
            return new Page(records, LinkHeader.Next(answer.Headers), StampCursor.After(answer.Pass, records, person => Added(person, answer.Pass.StartedAt)));
        },
        Map = Map,
    };

    /// <summary>A claim by the person's email; none where it has none, as one who is asked by text message.</summary>
    internal static IReadOnlyList<Claim> Email(JsonElement person) => person.OptionalText("email") is { } email ? [new Claim(ClaimKind.Email, email)] : [];

    /// <summary>Who is added while the pass goes on may be on a page that has been read: the cursor stays before the pass.</summary>
    private static DateTimeOffset? Added(JsonElement person, DateTimeOffset passStarted) =>
        DelightedTime.Of(person, "created_at") is { } time ? (time < passStarted ? time : passStarted) : null;

    private static Mapped Map(JsonElement record) => Mapped.ToChild(record, person => new ChildObjectReceived
    {
        Source = DelightedConnector.Name,
        ObjectType = "person",
        NativeId = person.RequiredText("id"),
        ObservedAt = DelightedTime.Required(person, record, "created_at"),
        Claims = Email(record),
        Data = record,
    });
}
