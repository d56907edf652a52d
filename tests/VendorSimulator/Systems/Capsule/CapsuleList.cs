using System.Globalization;
using System.Text.Json.Nodes;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Capsule;

/// <summary>A list with a filter by the change, in an order that has nothing to do with it.</summary>
public sealed record CapsuleList(string Name, ChangingList Rows)
{
    /// <summary>What is left of a party where it was not asked for.</summary>
    private static readonly string[] Short = ["id", "type", "name", "firstName", "lastName", "pictureURL"];

    /// <summary>What has changed after this time; all where it is null.</summary>
    public IReadOnlyList<RowVersion> Since(DateTimeOffset? since) => since is null ? Rows.Rows : [.. Rows.Rows.Where(row => row.Stamp > since)];

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
