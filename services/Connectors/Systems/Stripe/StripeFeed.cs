using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Stripe;

/// <summary>
/// One kind of object: everything by its list on the first pass, then what the events say. A list filters by
/// <c>created</c> alone and shows no change. Both come newest first, so only a whole pass moves the cursor. After the list
/// it is the newest <c>created</c> of an object: whatever happens while the list is read is younger, and comes as an event.
/// Events are kept for 30 days; whoever was away for longer has missed changes. Source: docs.stripe.com/api, Pagination,
/// List all events, which takes 20 types at most.
/// </summary>
internal sealed record StripeFeed(string Kind, int Rows, TimeSpan Lag, IReadOnlyList<string> Types, string? Status = null)
{
    public Feed With(Func<StripeChange, Mapped> map) => new()
    {
        Name = Kind,
        Lag = Lag,
        OrderedByCursor = false,
        First = start => StampCursor.From(start) is { } from ? Events(from.ToUnixTimeSeconds()) : List(),
        Read = Read,
        Map = record => map(StripeChange.Of(record)),
        RecordIn = record => StripeChange.Of(record).Object,
    };

    private VendorRequest List() => VendorRequest.Get($"/v1/{Kind}", ("limit", Number(Rows)), ("status", Status));

    private VendorRequest Events(long from) => VendorRequest.Get("/v1/events",
        [("limit", Number(Rows)), ("created[gte]", Number(from)), .. Types.Select(type => ("types[]", (string?)type))]);

    private static Page Read(Answer answer)
    {
        var records = answer.Body.List("data");
        var next = answer.Body.Flag("has_more") ? After(answer.Request, Last(records)) : null;
        return new Page(records, next, StampCursor.After(answer.Pass, records, record => record.OptionalEpoch("created")));
    }

    private static VendorRequest After(VendorRequest request, string id) =>
        request with { Path = $"{request.Path.Split("&starting_after=", 2)[0]}&starting_after={Uri.EscapeDataString(id)}" };

    private static string Last(IReadOnlyList<JsonElement> records) =>
        records.Count > 0 ? records[^1].Text("id") : throw new UnknownShapeException("The answer has no record that \"has_more\" could go on from.");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
