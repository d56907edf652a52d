using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>A row of an export, at its place: the second of its change, then its id.</summary>
public sealed record ZendeskRow(long Stamp, long Id, JsonElement Json)
{
    public static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z";
}

/// <summary>The place after a row, as the vendor writes it: <c>1708014261.0||5|</c> in base64.</summary>
public sealed record ZendeskCursor(long Stamp, long Id)
{
    public static ZendeskCursor Of(ZendeskRow row) => new(row.Stamp, row.Id);

    public string Write() => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Stamp}.0||{Id}|"));

    public static ZendeskCursor? Read(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        var parts = Encoding.ASCII.GetString(bytes, 0, length).Split('|');
        return parts.Length == 4 && parts[0].EndsWith(".0", StringComparison.Ordinal)
            && long.TryParse(parts[0].AsSpan(0, parts[0].Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var stamp)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new ZendeskCursor(stamp, id)
            : null;
    }
}
