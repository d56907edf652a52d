using System.Text;
using Pipeline.Connectors.Engine;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Webhooks;

/// <summary>What a set of deliveries tells: messages that are ready, and records to be asked for, each once. Pure.</summary>
/// <param name="Messages">In the order of the deliveries.</param>
/// <param name="Asked">The ids to ask for by feed, with the deliveries that name them.</param>
/// <param name="Unreadable">Deliveries whose body has no known shape; their letter is among the messages.</param>
public sealed record Told(
    IReadOnlyList<RecordMessage> Messages, IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<Guid>>> Asked, IReadOnlySet<Guid> Unreadable)
{
    public static Told By(string system, SourceSystem source, IEnumerable<KeptDelivery> deliveries)
    {
        var messages = new List<RecordMessage>();
        var named = new List<(string Feed, string Id, Guid Delivery)>();
        var unreadable = new HashSet<Guid>();
        foreach (var delivery in deliveries)
        {
            try
            {
                foreach (var notice in source.Webhook!.Read(new WebhookBody(delivery.Body)))
                {
                    if (notice is Notice.Named(var feed, var id)) named.Add((feed, id, delivery.Id));
                    else if (notice is Notice.Change change) messages.Add(RecordMessages.Of(system, source.Feed(change.Feed), change.Record, change.DeletedAt));
                }
            }
            catch (Exception exception) when (UnknownShapeException.IsTheReasonOf(exception))
            {
                unreadable.Add(delivery.Id);
                messages.Add(Letter(system, delivery, exception is UnknownShapeException ? exception.Message : exception.GetType().Name));
            }
        }

        return new Told(messages, named.GroupBy(one => one.Feed).ToDictionary(feed => feed.Key, IReadOnlyDictionary<string, IReadOnlyList<Guid>> (feed) =>
            feed.GroupBy(one => one.Id).ToDictionary(id => id.Key, IReadOnlyList<Guid> (id) => [.. id.Select(one => one.Delivery)])), unreadable);
    }

    private static RecordMessage.Unmappable Letter(string system, KeptDelivery delivery, string detail) => new(
        new Refusal(Reason.RecordUnmappable, $"The webhook's delivery has a shape that the connector does not know: {detail}"),
        StableId.Of(system, "webhook", StableId.Of(delivery.Body.Span).ToString()), Text(delivery.Body), system, "webhook", null);

    /// <summary>Letters hold text; bytes that are none are shown as they can be.</summary>
    private static byte[] Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
}
