using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Jira;

/// <summary>
/// Issues by search, in the order of their last change. A time that is written out would be read in the time zone of the
/// user's profile, so it goes as epoch milliseconds, of a whole minute, for Jira compares no finer. A search without a
/// bound is refused. Source: developer.atlassian.com, Search for issues using JQL enhanced search (POST);
/// support.atlassian.com, JQL fields, Updated; airbytehq/airbyte pull request 48395 for the milliseconds.
/// </summary>
internal static class JiraIssues
{
    public const string Name = "issues";

    private const string Search = "/rest/api/3/search/jql";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <param name="jql">Which issues; empty for all.</param>
    public static Feed Feed(string jql, IReadOnlyList<string> fields, IReadOnlyList<string> accountIds, int rows, TimeSpan lag) => new()
    {
        Name = Name,
        // What a whole minute brings from before the overlap has to be remembered too.
        Lag = lag + Minute,
        First = start => VendorRequest.Post(Search, new JsonObject
        {
            ["jql"] = Query(jql, From(start) ?? DateTimeOffset.UnixEpoch),
            ["fields"] = Fields(fields, accountIds),
            ["maxResults"] = rows,
        }.ToJsonString()),
        Read = Read,
        Map = record => JiraIssue.Map(record, accountIds),
        ById = ById(fields, accountIds),
    };

    /// <summary>Issues by their ids, up to date, which a search is not at once. Source: developer.atlassian.com, Bulk fetch issues.</summary>
    private static Lookup ById(IReadOnlyList<string> fields, IReadOnlyList<string> accountIds) => new(
        100,
        ids => VendorRequest.Post("/rest/api/3/issue/bulkfetch", new JsonObject { ["issueIdsOrKeys"] = Array(ids), ["fields"] = Fields(fields, accountIds) }.ToJsonString()),
        answer => answer.List("issues"));

    private static JsonArray Fields(IReadOnlyList<string> fields, IReadOnlyList<string> accountIds) => Array(fields.Append(JiraIssue.Stamp).Concat(accountIds).Distinct());

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static DateTimeOffset? From(Start start) => StampCursor.From(start) + (start.Lag > Minute ? Minute : TimeSpan.Zero);

    private static string Query(string jql, DateTimeOffset from)
    {
        var minute = from.ToUnixTimeSeconds() / 60 * 60_000;
        var bound = $"updated >= {minute.ToString(CultureInfo.InvariantCulture)} ORDER BY updated ASC";
        return jql.Length == 0 ? bound : $"({jql}) AND {bound}";
    }

    /// <summary>The last page has no token, and says so in newer answers.</summary>
    private static Page Read(Answer answer)
    {
        var records = answer.Body.List("issues");
        var isLast = answer.Body.TryGetProperty("isLast", out var last) && last.ValueKind == JsonValueKind.True;
        var next = !isLast && answer.Body.OptionalText("nextPageToken") is { } token ? WithToken(answer.Request, token) : null;
        return new Page(records, next, StampCursor.After(answer.Pass, records, JiraIssue.Updated));
    }

    /// <summary>The same search, continued: it is said again with every token.</summary>
    private static VendorRequest WithToken(VendorRequest request, string token)
    {
        var search = JsonNode.Parse(request.Body!)!;
        search["nextPageToken"] = token;
        return request with { Body = search.ToJsonString() };
    }
}
