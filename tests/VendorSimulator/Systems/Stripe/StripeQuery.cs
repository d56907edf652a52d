using System.Globalization;

namespace Pipeline.VendorSimulator.Systems.Stripe;

/// <summary>
/// What a list is asked for: so many objects, newest first, behind the one that is named, within a time of creation. Source:
/// docs.stripe.com/api, Pagination, List all events.
/// </summary>
public sealed record StripeQuery(int Limit, string? StartingAfter, IReadOnlyList<(string Operator, long Second)> Created, string? Status, IReadOnlyList<string> Types)
{
    public const int LargestPage = 100;
    public const int MostTypes = 20;
    private const int DefaultPage = 10;

    private static readonly string[] Known = ["limit", "starting_after", "created", "created[gte]", "created[gt]", "created[lte]", "created[lt]", "status", "types[]", "type"];

    /// <summary>Reads the query string; names the parameter that cannot be used, and why.</summary>
    public static (StripeQuery? Query, string? Parameter, string? Why) Read(IQueryCollection query)
    {
        foreach (var name in query.Keys)
            if (!Known.Contains(name)) return (null, name, $"Received unknown parameter: {name}");
        var limit = DefaultPage;
        if (query.ContainsKey("limit") && !int.TryParse(query["limit"], out limit)) return (null, "limit", $"Invalid integer: {query["limit"]}");
        if (limit < 1) return (null, "limit", "This value must be greater than or equal to 1.");
        if (limit > LargestPage) return (null, "limit", $"This value must be less than or equal to {LargestPage} (it currently is {limit}).");
        string[] types = [.. query["types[]"].Concat(query["type"]).OfType<string>()];
        if (types.Length > MostTypes) return (null, "types", $"You may ask for {MostTypes} types at most.");
        var created = new List<(string, long)>();
        foreach (var name in query.Keys.Where(name => name.StartsWith("created", StringComparison.Ordinal)))
        {
            if (!long.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var second)) return (null, "created", $"Invalid timestamp: {query[name]}");
            created.Add((name, second));
        }

        return (new StripeQuery(limit, Text(query["starting_after"]), created, Text(query["status"]), types), null, null);
    }

    /// <summary>One page, and whether there are more; null where the row to go on from is not in the list.</summary>
    public (T[] Page, bool More)? Page<T>(IEnumerable<T> newestFirst, Func<T, string> id, Func<T, DateTimeOffset> created)
    {
        var rows = newestFirst.ToList();
        var start = StartingAfter is { } after ? rows.FindIndex(row => id(row) == after) + 1 : 0;
        if (StartingAfter is not null && start == 0) return null;
        var found = rows.Skip(start).Where(row => Holds(created(row).ToUnixTimeSeconds())).Take(Limit + 1).ToArray();
        return (found[..Math.Min(found.Length, Limit)], found.Length > Limit);
    }

    private bool Holds(long created) => Created.All(bound => bound.Operator switch
    {
        "created[gte]" => created >= bound.Second,
        "created[gt]" => created > bound.Second,
        "created[lte]" => created <= bound.Second,
        "created[lt]" => created < bound.Second,
        _ => created == bound.Second,
    });

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
