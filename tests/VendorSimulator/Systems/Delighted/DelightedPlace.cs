using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>A place in the list of people: its bounds, and the last person of the page before. The text is for the server alone.</summary>
public sealed record DelightedPlace(long Since, long Until, long Stamp, string Id)
{
    /// <summary>Where page_info says to go on; the beginning where it is empty; null where it cannot be read.</summary>
    public static DelightedPlace? Read(string pageInfo, long since, long until)
    {
        if (pageInfo.Length == 0) return new(since, until, 0, "");
        try
        {
            return JsonSerializer.Deserialize<DelightedPlace>(Convert.FromBase64String(pageInfo));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    public string Write() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this));

    public DelightedPlace After(StampedRow row) => this with { Stamp = row.Stamp.ToUnixTimeSeconds(), Id = row.Id };

    public bool IsBefore(StampedRow row)
    {
        var stamp = row.Stamp.ToUnixTimeSeconds();
        return stamp >= Since && stamp <= Until && (stamp == Stamp ? string.CompareOrdinal(row.Id, Id) > 0 : stamp > Stamp);
    }
}
