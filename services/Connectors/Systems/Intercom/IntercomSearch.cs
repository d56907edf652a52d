using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Intercom;

/// <summary>
/// A search for what has changed since a time, oldest change first. The bound itself is not included, so it is set before
/// the time. Source: developers.intercom.com, REST API, Search conversations and the others, query, sort, pagination.
/// </summary>
internal static class IntercomSearch
{
    /// <param name="list">Where the records are in an answer.</param>
    /// <param name="before">How far before the time the bound has to be.</param>
    public static Feed Feed(string name, string list, int rows, TimeSpan lag, TimeSpan before, Func<JsonElement, Mapped> map) => new()
    {
        Name = name,
        Lag = lag,
        First = start => VendorRequest.Post($"/{name}/search", new JsonObject
        {
            ["query"] = new JsonObject
            {
                ["field"] = IntercomRecord.Stamp,
                ["operator"] = ">",
                ["value"] = StampCursor.From(start) is { } from ? (from - before).ToUnixTimeSeconds() : 0,
            },
            ["sort"] = new JsonObject { ["field"] = IntercomRecord.Stamp, ["order"] = "ascending" },
            ["pagination"] = new JsonObject { ["per_page"] = rows },
        }.ToJsonString()),
        Read = answer =>
        {
            var records = answer.Body.List(list);
            return new Page(records, Next(answer), StampCursor.After(answer.Pass, records, record => record.OptionalEpoch(IntercomRecord.Stamp)), answer.Body.OptionalWhole("total_count"));
        },
        Map = map,
    };

    /// <summary>The same search, continued; null at the last page, which names no next one.</summary>
    public static VendorRequest? Next(Answer answer)
    {
        if (answer.Body.Inside("pages").Inside("next").OptionalText("starting_after") is not { } after) return null;
        var search = JsonNode.Parse(answer.Request.Body!)!;
        search["pagination"]!["starting_after"] = after;
        return answer.Request with { Body = search.ToJsonString() };
    }
}
