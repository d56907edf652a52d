using System.Globalization;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>Xero's ways to write ids, times and what is not there.</summary>
public static class XeroForm
{
    public static string Id(Random random) => Guid.ParseExact(Chance.Hex(random, 32, ""), "N").ToString();

    /// <summary>Epoch milliseconds, and an offset that does not move them.</summary>
    public static string Time(DateTimeOffset time) => $"/Date({time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}+0000)/";

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "+00:00";

    /// <summary>Midnight of the day.</summary>
    public static DateTimeOffset Day(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>The next stamp: the same one across the ends of pages of 20, 40, ... rows, else some hours later.</summary>
    public static DateTimeOffset Next(DateTimeOffset stamp, int index, Random random) =>
        index > 0 && index % 20 is > 17 or < 3 ? stamp : stamp.AddMilliseconds(random.Next(600_000, 60_000_000));

    /// <summary>A contact inside a document: its id and name, and lists that are always empty there.</summary>
    public static object Brief(XeroContact contact) => new
    {
        ContactID = contact.Id,
        contact.Customer.Name,
        Addresses = Array.Empty<object>(),
        Phones = Array.Empty<object>(),
        ContactGroups = Array.Empty<object>(),
        ContactPersons = Array.Empty<object>(),
        HasValidationErrors = false,
    };
}
