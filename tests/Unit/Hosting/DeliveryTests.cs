using Pipeline.Hosting.Broker;
using RabbitMQ.Client;

namespace Pipeline.Unit.Tests.Hosting;

public sealed class DeliveryTests
{
    [Fact]
    public void What_AMQP_allows_in_an_id_or_a_header_and_PostgreSQL_cannot_keep_is_made_visible()
    {
        var properties = new BasicProperties { MessageId = "\0a", ContentType = "b\0", Headers = new Dictionary<string, object?> { ["n\0"] = "v\0"u8.ToArray(), ["plain"] = "x" } };
        var delivery = Delivery.From("queue", 1, "exchange", "", properties, new byte[] { 0 });
        Assert.Equal(("␀a", "b␀"), (delivery.MessageId, delivery.ContentType));
        Assert.Equal(["n␀: v␀", "plain: x"], delivery.Headers.Select(header => $"{header.Key}: {header.Value}"));
        Assert.Equal(0, delivery.Body.Span[0]);
    }
}
