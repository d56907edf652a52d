using System.Text;
using Pipeline.Hosting.Broker;

namespace Pipeline.Hosting.Announcements;

/// <summary>
/// What one transaction has decided and will say: kept as one row, written in that same transaction, and deleted when the
/// broker has confirmed every message of it.
/// </summary>
/// <param name="Id">The row; rises with time.</param>
public sealed record Announcement(Guid Id, IReadOnlyList<Outgoing> Messages)
{
    public const string Insert = "insert into announcements (id, messages) values ($1, $2)";

    public const string Delete = "delete from announcements where id = any($1)";

    public static Announcement Of(IReadOnlyList<Outgoing> messages, TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()), messages);

    /// <summary>As one row has it. Measured first: a thousand messages in a stream that grows would leave its like behind four times.</summary>
    public byte[] Encode()
    {
        var row = new byte[SizeOf(Messages.Count) + Messages.Sum(SizeOf)];
        using var stream = new MemoryStream(row);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write7BitEncodedInt(Messages.Count);
        foreach (var message in Messages)
        {
            writer.Write(message.Exchange);
            writer.Write(message.RoutingKey);
            writer.Write(message.MessageId);
            writer.Write7BitEncodedInt(message.Headers.Count);
            foreach (var (name, value) in message.Headers)
            {
                writer.Write(name);
                writer.Write(value);
            }

            writer.Write7BitEncodedInt(message.Body.Length);
            writer.Write(message.Body.Span);
        }

        return row;
    }

    private static int SizeOf(Outgoing message) =>
        SizeOf(message.Exchange) + SizeOf(message.RoutingKey) + SizeOf(message.MessageId)
        + SizeOf(message.Headers.Count) + message.Headers.Sum(header => SizeOf(header.Key) + SizeOf(header.Value))
        + SizeOf(message.Body.Length) + message.Body.Length;

    private static int SizeOf(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        return SizeOf(bytes) + bytes;
    }

    /// <summary>Seven bits a byte.</summary>
    private static int SizeOf(int number) => number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : number < 1 << 21 ? 3 : number < 1 << 28 ? 4 : 5;

    public static Announcement Decode(Guid id, byte[] row)
    {
        using var reader = new BinaryReader(new MemoryStream(row), Encoding.UTF8);
        var messages = new Outgoing[reader.Read7BitEncodedInt()];
        for (var index = 0; index < messages.Length; index++)
        {
            var (exchange, routingKey, messageId) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
            var headers = new Dictionary<string, string>();
            for (var count = reader.Read7BitEncodedInt(); count > 0; count--) headers[reader.ReadString()] = reader.ReadString();
            messages[index] = new Outgoing(exchange, routingKey, messageId, reader.ReadBytes(reader.Read7BitEncodedInt()), headers);
        }

        return new Announcement(id, messages);
    }
}
