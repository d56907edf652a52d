using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Zendesk;

/// <summary>
/// An export by cursor. Zendesk holds back what changed in the last minute and keeps the position itself, so there is no
/// lag to keep. Source: developer.zendesk.com, Using the Incremental Exports API, cursor-based exports.
/// </summary>
internal static class ZendeskExport
{
    public static Feed Feed(string name, int rows, Func<JsonElement, Mapped> map)
    {
        var path = $"/api/v2/incremental/{name}/cursor.json";
        var perPage = rows.ToString(CultureInfo.InvariantCulture);
        return new Feed
        {
            Name = name,
            First = start => start.Cursor is { } cursor ? After(cursor) : VendorRequest.Get(path, ("start_time", "0"), ("per_page", perPage)),
            Read = answer =>
            {
                var cursor = answer.Body.OptionalText("after_cursor") ?? answer.Pass.Newest ?? answer.Pass.From;
                var next = answer.Body.Flag("end_of_stream") ? null : After(answer.Body.Text("after_cursor"));
                return new Page(answer.Body.List(name), next, cursor);
            },
            Map = map,
        };

        VendorRequest After(string cursor) => VendorRequest.Get(path, ("cursor", cursor), ("per_page", perPage));
    }
}
