using System.Text.Json;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Reading;

/// <summary>
/// Lists that are read whole, because the system has no filter by the change, or in no known order. What has not changed
/// since the last pass is dropped here. The cursor stays before the start of the pass: what changes meanwhile may be on a
/// page that has been read already. A feed that reads so is not <see cref="Feed.OrderedByCursor"/>.
/// </summary>
public static class FullPass
{
    /// <param name="stamp">The field that holds a record's stamp, as a time with its offset.</param>
    public static Page Read(Answer answer, IReadOnlyList<JsonElement> records, VendorRequest? next, string stamp) =>
        Read(answer, records, next, record => record.OptionalText(stamp) is { } text ? WireTime.Parse(text) : null);

    /// <param name="stamp">Reads a record's stamp; one without is kept, to be shown as wrong.</param>
    public static Page Read(Answer answer, IReadOnlyList<JsonElement> records, VendorRequest? next, Func<JsonElement, DateTimeOffset?> stamp)
    {
        var pass = answer.Pass;
        var from = StampCursor.From(new Start(pass.From, pass.Lag, pass.StartedAt));
        var changed = records.Where(record => from is null || stamp(record) is not { } time || time >= from);
        return new Page([.. changed], next, StampCursor.After(pass, records, record => stamp(record) is { } time && time > pass.StartedAt ? pass.StartedAt : stamp(record)));
    }
}
