using System.Globalization;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Freshdesk;

/// <summary>
/// Tickets, in the order of their last change. Without <c>updated_since</c> only those of the last 30 days are shown, and a
/// page above 300 is refused; so each page is followed by the first one from its newest stamp, and the number grows only
/// within one second. Source: developers.freshdesk.com/api, List all tickets; airbytehq/airbyte issues 3858 and 6133.
/// </summary>
internal static class FreshdeskTickets
{
    /// <summary>Before Freshdesk was.</summary>
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Feed Feed(int rows, TimeSpan lag)
    {
        return new Feed
        {
            Name = "tickets",
            Lag = lag,
            First = start => Ask(StampCursor.From(start) ?? Beginning, 1),
            Read = answer => StampPages.Read(answer, answer.Body.Rows(), LinkHeader.Next(answer.Headers) is not null,
                record => record.OptionalText(FreshdeskRecord.Stamp) is { } stamp ? WireTime.Parse(stamp) : null, Asked(answer.Request), Ask),
            Map = FreshdeskRecord.Ticket,
        };

        VendorRequest Ask(DateTimeOffset from, int number) => VendorRequest.Get("/api/v2/tickets",
            ("per_page", rows.ToString(CultureInfo.InvariantCulture)), ("page", number.ToString(CultureInfo.InvariantCulture)),
            ("updated_since", Text(from)), ("order_by", "updated_at"), ("order_type", "asc"), ("include", "requester"));
    }

    /// <summary>In UTC and whole seconds.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static (DateTimeOffset From, int Number) Asked(VendorRequest request) =>
        (DateTimeOffset.Parse(request.Query("updated_since")!, CultureInfo.InvariantCulture), int.Parse(request.Query("page")!, CultureInfo.InvariantCulture));
}
