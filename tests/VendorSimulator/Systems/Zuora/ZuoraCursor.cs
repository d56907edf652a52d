using System.Globalization;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>The last row of a page: its stamp, and its id where stamps are equal. The text is for the server alone.</summary>
public sealed record ZuoraCursor(DateTimeOffset Updated, string Id)
{
    public static ZuoraCursor Of(StampedRow row) => new(row.Stamp, row.Id);

    public static int Compare(ZuoraCursor left, ZuoraCursor right) =>
        left.Updated == right.Updated ? string.CompareOrdinal(left.Id, right.Id) : left.Updated.CompareTo(right.Updated);

    public string Write(bool descending)
    {
        var order = descending ? "DESC" : "ASC";
        return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            new { value = ZuoraData.Time(Updated), orderBy = new { field = "UpdatedDate", order } },
            new { value = Id, orderBy = new { field = "Id", order } },
        }));
    }

    public static ZuoraCursor? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(text));
            var parts = document.RootElement.EnumerateArray().Select(part => part.GetProperty("value").GetString()!).ToArray();
            return new ZuoraCursor(DateTimeOffset.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
