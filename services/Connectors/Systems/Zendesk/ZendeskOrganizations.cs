using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Zendesk;

/// <summary>
/// The time-based export, the only one there is for organizations. Its cursor is a time in epoch seconds; the record at
/// that time comes again. Source: developer.zendesk.com, Using the Incremental Exports API, time-based exports.
/// </summary>
internal static class ZendeskOrganizations
{
    private const string Export = "/api/v2/incremental/organizations.json";
    private const string List = "/api/v2/organizations.json";

    /// <summary>A later start is refused: what changed in the last minute is held back.</summary>
    private static readonly TimeSpan TooRecent = TimeSpan.FromSeconds(61);

    public static Feed Feed(IReadOnlyList<string> fields) => new()
    {
        Name = "organizations",
        First = start => From(Math.Min(Seconds(start.Cursor), (start.Now - TooRecent).ToUnixTimeSeconds())),
        Read = answer => answer.Request.PathAlone == List ? ReadList(answer) : ReadExport(answer),
        Map = record => Map(record, fields),
    };

    private static VendorRequest From(long seconds) => VendorRequest.Get(Export, ("start_time", Text(seconds)));

    private static Page ReadExport(Answer answer)
    {
        var records = answer.Body.List("organizations");
        var asked = Seconds(answer.Request.Query("start_time"));
        var end = answer.Body.OptionalWhole("end_time") ?? asked;
        if (answer.Body.Flag("end_of_stream")) return new Page(records, null, Text(Math.Max(end, Reached(answer))));

        // More records share one second than fit a page: the export would answer the same page for ever. The plain list is
        // read in its place, and the export goes on a second later.
        return end > asked ? new Page(records, From(end), Text(Math.Max(end, Reached(answer)))) : new Page(records, ListAfter(asked, null), Text(Reached(answer)));
    }

    /// <summary>The second that the export is stuck at goes along in a parameter of its own, which Zendesk ignores.</summary>
    private static VendorRequest ListAfter(long stuck, string? cursor) =>
        VendorRequest.Get(List, ("page[size]", "100"), ("page[after]", cursor), ("stuck_at", Text(stuck)));

    private static Page ReadList(Answer answer)
    {
        var records = answer.Body.List("organizations");
        var stuck = Seconds(answer.Request.Query("stuck_at"));
        var meta = answer.Body.Part("meta");
        return meta.Flag("has_more")
            ? new Page(records, ListAfter(stuck, meta.Text("after_cursor")), Text(Reached(answer)))
            : new Page(records, From(stuck + 1), Text(Math.Max(stuck + 1, Reached(answer))));
    }

    private static long Reached(Answer answer) => Seconds(answer.Pass.Newest ?? answer.Pass.From);

    internal static Mapped Map(JsonElement record, IReadOnlyList<string> fields) => Mapped.ToAccount(record, organization =>
    {
        var updated = organization.RequiredTime("updated_at");
        var deleted = organization.DateOrTime("deleted_at");
        return new AccountDiscovered
        {
            Source = ZendeskConnector.Name,
            NativeId = organization.RequiredText("id"),
            AccountId = organization.AccountId("external_id"),
            Name = organization.Text("name"),
            ObservedAt = deleted > updated ? deleted.Value : updated,
            Fields = record.Pick(fields),
            Deleted = deleted is not null,
        };
    });

    private static long Seconds(string? cursor) => long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private static string Text(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
