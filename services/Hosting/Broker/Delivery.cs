using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pipeline.Contracts;
using RabbitMQ.Client;

namespace Pipeline.Hosting.Broker;

/// <summary>One message as the broker handed it over: raw, whoever published it and however.</summary>
public sealed record Delivery
{
    public required ulong Tag { get; init; }

    public required string Queue { get; init; }

    /// <summary>The exchange that it was published to; empty for one sent straight to a queue.</summary>
    public required string Exchange { get; init; }

    public string RoutingKey { get; init; } = "";

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? MessageId { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>How often the broker delivered it before without an answer; quorum queues count it.</summary>
    public int EarlierDeliveries { get; init; }

    /// <summary>The trace that it comes from: W3C <c>traceparent</c> of any publisher, or MassTransit's own header.</summary>
    public ActivityContext Trace =>
        ActivityContext.TryParse(TraceParent, Headers.GetValueOrDefault("tracestate"), isRemote: true, out var context) ? context : default;

    public string? TraceParent => Headers.GetValueOrDefault("traceparent") ?? Headers.GetValueOrDefault("MT-Activity-Id");

    /// <summary>The same bytes under the same id are the same message, however often they come.</summary>
    public Guid ContentId => StableId.Of(Exchange, MessageId ?? "", StableId.Of(Body.Span).ToString());

    /// <summary>Set where the office replays a dead letter, which hears by this id what became of it.</summary>
    public Guid? ReplayId => Guid.TryParse(Headers.GetValueOrDefault(ReplayDecided.Headers.Replay), out var id) ? id : null;

    /// <summary>Its properties with the types that they came with; null where it did not come from a broker.</summary>
    public IReadOnlyBasicProperties? Properties { get; init; }

    public static Delivery From(string queue, ulong tag, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var headers = Texts(properties.Headers);
        return new Delivery
        {
            Tag = tag,
            Queue = queue,
            Exchange = exchange,
            RoutingKey = routingKey,
            Body = body,
            MessageId = Storable(properties.MessageId),
            ContentType = Storable(properties.ContentType),
            Headers = headers,
            Properties = properties,
            EarlierDeliveries = int.TryParse(headers.GetValueOrDefault("x-delivery-count"), CultureInfo.InvariantCulture, out var count) ? count : 0,
        };
    }

    private static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

    private static IReadOnlyDictionary<string, string> Texts(IDictionary<string, object?>? headers)
    {
        if (headers is null or { Count: 0 }) return NoHeaders;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            var text = value switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                string already => already,
                bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToString(value, CultureInfo.InvariantCulture),
                AmqpTimestamp time => time.UnixTime.ToString(CultureInfo.InvariantCulture),
                _ => null, // tables and lists, such as x-death, are read where they are needed
            };
            if (text is not null) texts[Storable(name)] = Storable(text);
        }

        return texts;
    }

    /// <summary>Without NUL, which AMQP allows and PostgreSQL does not: a message of such an id could be neither kept nor given up.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Storable(string? text) => text?.Replace('\0', '\u2400');
}
