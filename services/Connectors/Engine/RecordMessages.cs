using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Engine;

/// <summary>One record as the message that it comes to, whoever brought it: a page, or a delivery. Pure.</summary>
public static class RecordMessages
{
    /// <param name="deletedAt">When the record was deleted, where somebody said so; its own words for that are the mapping's.</param>
    public static RecordMessage Of(string system, Feed feed, JsonElement record, DateTimeOffset? deletedAt = null)
    {
        var mapped = Map(feed, record);
        try
        {
            return Of(system, feed, record, deletedAt is { } at ? mapped.DeletedAt(at) : mapped);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // JSON may hold what no text can: half of a surrogate pair, in a field that nobody has looked into until now.
            return Unmappable(system, feed, record, "The record holds a text that is not Unicode (half of a surrogate pair).", (mapped as Mapped.Child)?.Message.NativeId ?? (mapped as Mapped.Account)?.Message.NativeId);
        }
    }

    /// <summary>A mapping that throws must not hold up the others: the record is as unmappable as one that says so.</summary>
    internal static Mapped Map(Feed feed, JsonElement record)
    {
        try
        {
            return feed.Map(record);
        }
        catch (Exception exception) when (UnknownShapeException.IsTheReasonOf(exception))
        {
            return new Mapped.Unmappable($"The record has a shape that the connector does not know ({exception.GetType().Name}).");
        }
    }

    private static RecordMessage Of(string system, Feed feed, JsonElement record, Mapped mapped) => mapped switch
    {
        Mapped.Account(var account) => Published(Exchanges.AccountDiscovered, account, PipelineJson.Wire.AccountDiscovered, account.Source, "account", account.NativeId, account.ObservedAt),
        Mapped.Child(var child) => Published(Exchanges.ChildObjectReceived, child, PipelineJson.Wire.ChildObjectReceived, child.Source, child.ObjectType, child.NativeId, child.ObservedAt),
        Mapped.Unmappable(var detail, var nativeId) => Unmappable(system, feed, record, detail, nativeId),
        _ => throw new NotSupportedException($"A record is an account, a child or unmappable, not {mapped}."),
    };

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
        var raw = record.ValueKind == JsonValueKind.Undefined ? "null" : record.GetRawText();
        return new(new Refusal(Reason.RecordUnmappable, detail), StableId.Of(system, feed.Name, "unmappable", raw), Encoding.UTF8.GetBytes(raw), system, feed.Name, nativeId);
    }
}
