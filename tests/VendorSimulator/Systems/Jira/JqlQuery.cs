using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>
/// The part of JQL that is played: projects and a bound on updated, joined by AND, in the order of updated. Times are epoch
/// milliseconds and compared by the minute.
/// </summary>
/// <param name="Projects">Their keys; empty for all.</param>
public sealed partial record JqlQuery(string Text, IReadOnlyList<string> Projects, long? FromMinute, bool Descending)
{
    private const long Minute = 60_000;

    /// <summary>Reads the query; says what is wrong with it where it cannot be used.</summary>
    public static (JqlQuery? Query, string? Error) Read(string jql)
    {
        var (restriction, order) = jql.Split(" ORDER BY ", 2) is [var before, var after] ? (before, after) : (jql, "updated DESC");
        if (order is not ("updated ASC" or "updated DESC" or "updated")) return (null, $"Field '{order}' can not be used for sorting here.");
        if (restriction.Trim().Length == 0) return (null, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");

        var query = new JqlQuery(jql, [], null, order == "updated DESC");
        foreach (var clause in restriction.Split(" AND ").Select(part => part.Trim().TrimStart('(')))
        {
            if (BoundPattern().Match(clause) is { Success: true } bound) query = query with { FromMinute = long.Parse(bound.Groups["milliseconds"].Value, CultureInfo.InvariantCulture) / Minute };
            else if (ProjectPattern().Match(clause) is { Success: true } project) query = query with { Projects = [.. project.Groups["key"].Captures.Select(key => key.Value)] };
            else return (null, $"Error in the JQL Query: '{clause}' is not played.");
        }

        return (query, null);
    }

    public IEnumerable<StampedRow> Run(IEnumerable<StampedRow> issues)
    {
        var found = issues.Where(issue => (FromMinute is null || issue.Stamp.ToUnixTimeMilliseconds() / Minute >= FromMinute) && (Projects.Count == 0 || Projects.Contains(ProjectOf(issue))));
        return Descending ? found.Reverse() : found;
    }

    private static string ProjectOf(StampedRow issue) => issue.Json.GetProperty("key").GetString()!.Split('-')[0];

    [GeneratedRegex("^updated >= (?<milliseconds>[0-9]{1,14})\\)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BoundPattern();

    [GeneratedRegex("^project (= (?<key>[A-Z]+)|in \\((?<key>[A-Z]+)(, ?(?<key>[A-Z]+))*\\))\\)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectPattern();
}
