using System.Text;
using Pipeline.DeadLetters.Bulk;
using Pipeline.DeadLetters.Capture;
using RabbitMQ.Client;

namespace Pipeline.Unit.Tests.DeadLetters;

/// <summary>A message that is sent again is the message that came, whoever made it.</summary>
public sealed class EnvelopeTests
{
    private static readonly BasicProperties Foreign = new()
    {
        MessageId = "m-1", ContentType = "application/vnd.masstransit+json", ContentEncoding = "utf-8", CorrelationId = "c", ReplyTo = "r", Type = "t", AppId = "a", Priority = 7, Timestamp = new AmqpTimestamp(1_700_000_000),
        Expiration = "60000",
        Headers = new Dictionary<string, object?>
        {
            ["text"] = Encoding.UTF8.GetBytes("ü"), ["truth"] = true, ["number"] = 5, ["long"] = 5L, ["byte"] = (byte)5, ["share"] = 0.1, ["money"] = 1.10m, ["when"] = new AmqpTimestamp(5), ["nothing"] = null,
            ["no text"] = new byte[] { 0xff, 0x00 }, ["list"] = new List<object?> { Encoding.UTF8.GetBytes("a"), 1 }, ["table"] = new Dictionary<string, object?> { ["inner"] = 1 },
        },
    };

    [Fact]
    public void Every_property_and_the_type_of_every_header_survive()
    {
        var read = Envelope.Read(Envelope.Write(Foreign));
        Assert.Equal(("m-1", "application/vnd.masstransit+json", "utf-8", "c", "r", "t", "a", (byte)7, 1_700_000_000L), (read.MessageId, read.ContentType, read.ContentEncoding, read.CorrelationId, read.ReplyTo, read.Type, read.AppId, read.Priority, read.Timestamp.UnixTime));
        Assert.Equal("ü", read.Headers!["text"]);
        Assert.Equal((true, 5, 5L, (byte)5, 0.1, 1.10m, new AmqpTimestamp(5), (object?)null), (read.Headers["truth"], read.Headers["number"], read.Headers["long"], read.Headers["byte"], read.Headers["share"], read.Headers["money"], read.Headers["when"], read.Headers["nothing"]));
        Assert.Equal(new byte[] { 0xff, 0x00 }, read.Headers["no text"]);
        Assert.Equal(["a", 1], Assert.IsType<List<object?>>(read.Headers["list"]));
        Assert.Equal(1, Assert.IsType<Dictionary<string, object?>>(read.Headers["table"])["inner"]);
    }

    [Fact]
    public void A_time_to_live_is_not_for_the_second_journey() => Assert.False(Envelope.Read(Envelope.Write(Foreign)).IsExpirationPresent());

    [Fact]
    public void What_the_failure_has_added_is_taken_off_and_what_the_publisher_wrote_stays()
    {
        var properties = new BasicProperties
        {
            MessageId = "letter",
            Headers = new Dictionary<string, object?>
            {
                ["x-death"] = new List<object?>(), ["x-first-death-queue"] = "q", ["MT-Fault-Message"] = "boom", ["MT-Host-MachineName"] = "m", ["x-reason"] = "handler_failed", ["x-delivery-count"] = 3L,
                ["tenant"] = "nordwind", ["MT-MessageType"] = "kept", ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            },
        };
        var (replay, letter) = (Guid.Parse("0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10"), Guid.Parse("0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e11"));
        var message = ReplayMessage.Of(replay, letter, "e", "", Envelope.Write(properties), messageId: "m-1", null, new byte[] { 1 });
        Assert.Equal("m-1", message.Properties.MessageId);
        Assert.Equal(["MT-MessageType", "tenant", "x-replay-id", "x-replay-of"], message.Properties.Headers!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((replay.ToString(), letter.ToString()), (message.Properties.Headers["x-replay-id"], message.Properties.Headers["x-replay-of"]));
    }
}
