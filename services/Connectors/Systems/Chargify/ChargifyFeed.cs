using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Chargify;

/// <summary>
/// A list, filtered by the change and paged by number, which ends at a page that is not full. It is asked for in the order
/// of creation, oldest first: in the order of change a record that changes meanwhile would leave its place, and the next
/// page would begin one too late. So only a whole pass moves the cursor, and no further than to its start: what changes
/// behind it is read by the next one. Source: developers.maxio.com, List Customers and the others, parameters page,
/// per_page, date_field, start_datetime, sort, direction. A time without an offset would be read in the site's zone.
/// </summary>
/// <param name="Wrapper">What a record is wrapped in; null where it is not.</param>
/// <param name="Sort">The field of the order; null where the list knows only one.</param>
internal sealed record ChargifyFeed(string Kind, string? Wrapper, int Rows, TimeSpan Lag, string? Sort)
{
    public Feed With(Func<JsonElement, IReadOnlyList<JsonElement>> records, Func<JsonElement, Mapped> map) => new()
    {
        Name = Kind,
        Lag = Lag,
        OrderedByCursor = false,
        First = start => Page(StampCursor.From(start)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss '+0000'", CultureInfo.InvariantCulture), 1),
        Read = answer => Read(answer, records(answer.Body)),
        Map = map,
        ById = Lookup.One(id => $"/{Kind}/{id}.json"), // in the same wrapper as in the list
    };

    private VendorRequest Page(string? from, int number) => VendorRequest.Get($"/{Kind}.json",
        ("per_page", Text(Rows)), ("sort", Sort), ("direction", "asc"),
        ("date_field", from is null ? null : "updated_at"), ("start_datetime", from), ("page", Text(number)));

    private Page Read(Answer answer, IReadOnlyList<JsonElement> records)
    {
        var number = int.Parse(answer.Request.Query("page") ?? "1", CultureInfo.InvariantCulture);
        var next = records.Count < Rows ? null : Page(answer.Request.Query("start_datetime"), number + 1);
        return new Page(records, next, StampCursor.After(answer.Pass, records, record => Earlier(Changed(record), answer.Pass.StartedAt)));
    }

    private DateTimeOffset? Changed(JsonElement record) => ChargifyRecord.Time(Wrapper is null ? record : record.Inside(Wrapper), "updated_at");

    private static DateTimeOffset? Earlier(DateTimeOffset? changed, DateTimeOffset start) => changed > start ? start : changed;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
