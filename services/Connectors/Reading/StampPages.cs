using System.Text.Json;

namespace Pipeline.Connectors.Reading;

/// <summary>
/// Lists that a system filters and orders by the stamp but pages by number. A record that changes meanwhile leaves its
/// place, and the next number begins one record too late. So a full page is followed by the first page from its newest
/// stamp, and by the next number only where a full page does not get any further.
/// </summary>
public static class StampPages
{
    /// <summary>Filters have whole seconds at best, and not every system says whether its bound is included.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <param name="isFull">Whether the system may have more.</param>
    /// <param name="stamp">Reads a record's stamp; null where it has none.</param>
    /// <param name="asked">What the answer answers to: from when, and which number, from 1.</param>
    /// <param name="ask">Makes such a request.</param>
    public static Page Read(
        Answer answer, IReadOnlyList<JsonElement> records, bool isFull, Func<JsonElement, DateTimeOffset?> stamp,
        (DateTimeOffset From, int Number) asked, Func<DateTimeOffset, int, VendorRequest> ask)
    {
        var from = records.Max(stamp) is { } newest ? WholeSecond(newest) - Grain : asked.From;
        var next = from > asked.From ? ask(from, 1) : ask(asked.From, asked.Number + 1);
        return new Page(records, isFull ? next : null, StampCursor.After(answer.Pass, records, stamp));
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
