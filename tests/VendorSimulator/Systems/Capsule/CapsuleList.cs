using System.Globalization;
using System.Text.Json.Nodes;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Capsule;

/// <summary>A list with a filter by the change, in an order that has nothing to do with it.</summary>
/// <param name="One">The name of one record.</param>
public sealed record CapsuleList(string Name, string One, ChangingList Rows)
{
    /// <summary>Records at most that are shown by their ids in one answer.</summary>
    private const int Most = 10;

    /// <summary>What is left of a party where it was not asked for.</summary>
    private static readonly string[] Short = ["id", "type", "name", "firstName", "lastName", "pictureURL"];

    /// <summary>What has changed after this time; all where it is null.</summary>
    public IReadOnlyList<RowVersion> Since(DateTimeOffset? since) => since is null ? Rows.Rows : [.. Rows.Rows.Where(row => row.Stamp > since)];

    /// <summary>One record under its own name, several as a list, without those that there are not; null for ids that cannot be asked for together.</summary>
    public object? ByIds(string ids, IReadOnlyList<string> embed)
    {
        var asked = ids.Split(',');
        if (asked.Length > Most || !asked.All(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))) return null;
        var found = Rows.Rows.Where(row => asked.Contains($"{row.Id}")).ToArray();
        Rows.Serve(found);
        var shown = found.Select(row => Show(row, embed)).ToArray();
        return asked.Length > 1 ? new Dictionary<string, object> { [Name] = shown } : shown.Length == 0 ? null : new Dictionary<string, object> { [One] = shown[0] };
    }

    /// <summary>What hooks tell: for each event the records that it is of, in one delivery.</summary>
    public IEnumerable<object> Events() => Rows.Due().GroupBy(row => row.Gone ? "deleted" : Rows.WasThere(row) ? "updated" : "created")
        .Select(same => new { @event = $"{One}/{same.Key}", payload = same.Select(row => Show(row, [])) });

    public static JsonObject Show(RowVersion row, IReadOnlyList<string> embed)
    {
        var record = embed.Contains("fields") ? row.Without() : row.Without("fields");
        if (!embed.Contains("party") && record["party"] is JsonObject party)
            foreach (var field in party.Select(field => field.Key).Except(Short).ToArray()) party.Remove(field);
        return record;
    }

    public static bool ReadSince(string text, out DateTimeOffset? since)
    {
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        since = isTime ? time : null;
        return isTime || text.Length == 0;
    }
}
