using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Engine;

/// <summary>What a page comes to: the messages to publish, what was counted, and what to remember. Pure.</summary>
public sealed record PageMessages(IReadOnlyList<RecordMessage> Messages, Counts Counts, RecentRecords Recent)
{
    public static PageMessages Of(string system, Feed feed, Page page, RecentRecords recent)
    {
        var all = page.Records.Select(record => Message(system, feed, record)).DistinctBy(message => message.Id).ToList();
        var fresh = all.Where(message => !recent.Contains(message.Id)).ToList();
        // In a feed without order, a later page may bring what is far older than the newest record: nothing is forgotten before the pass ends.
        TimeSpan? reach = feed.OrderedByCursor || page.Next is null ? feed.Lag : null;
        var unmappable = fresh.Count(message => message is RecordMessage.Unmappable);
        return new(fresh,
            new Counts(page.Records.Count, fresh.Count - unmappable, unmappable, page.Records.Count - fresh.Count),
            recent.With(all.Select(message => (message.Id, (message as RecordMessage.Published)?.ObservedAt)), reach));
    }

    private static RecordMessage Message(string system, Feed feed, JsonElement record) => Map(feed, record) switch
    {
        Mapped.Account(var account) => Published(Exchanges.AccountDiscovered, account, PipelineJson.Wire.AccountDiscovered, account.Source, "account", account.NativeId, account.ObservedAt),
        Mapped.Child(var child) => Published(Exchanges.ChildObjectReceived, child, PipelineJson.Wire.ChildObjectReceived, child.Source, child.ObjectType, child.NativeId, child.ObservedAt),
        Mapped.Unmappable(var detail, var nativeId) => Unmappable(system, feed, record, detail, nativeId),
        var other => throw new InvalidOperationException($"A record is an account, a child or unmappable, not {other}."),
    };

    /// <summary>A mapping that throws must not hold up the page: the record is as unmappable as one that says so.</summary>
    private static Mapped Map(Feed feed, JsonElement record)
    {
        try
        {
            return feed.Map(record);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or UnknownShapeException)
        {
            return new Mapped.Unmappable($"The record has a shape that the connector does not know ({exception.GetType().Name}).");
        }
    }

    /// <summary>The content is part of the id, for a system may change a record and leave its stamp.</summary>
    private static RecordMessage.Published Published<T>(
        string exchange, T message, JsonTypeInfo<T> type, string source, string objectType, string nativeId, DateTimeOffset observedAt)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, type);
        var version = observedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var id = StableId.Of(source, objectType, nativeId, version, StableId.Of(body).ToString());
        return new(exchange, id, body, source, objectType, nativeId, observedAt);
    }

    private static RecordMessage.Unmappable Unmappable(string system, Feed feed, JsonElement record, string detail, string? nativeId)
    {
        var raw = record.GetRawText();
        return new(new Refusal(Reason.RecordUnmappable, detail), StableId.Of(system, feed.Name, "unmappable", raw), Encoding.UTF8.GetBytes(raw), system, feed.Name, nativeId);
    }
}
