using System.Security.Cryptography;
using System.Text;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>One message of an outside system: its id and its trace are made from its name and the seed, so that they are the same on every start.</summary>
/// <param name="Name">What it is, for a person.</param>
/// <param name="Exchange">Where it is published.</param>
public sealed record OutsideMessage(string Name, string Exchange, Guid Id, byte[] Body, string TraceParent)
{
    public static OutsideMessage Of(int seed, string publisher, string name, string exchange, byte[] body)
    {
        var id = Chance.Hash(seed, $"{publisher} message {name}").AsSpan(0, 16).ToArray();
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        var trace = Convert.ToHexStringLower(Chance.Hash(seed, $"{publisher} trace {name}"));
        return new OutsideMessage(name, exchange, new Guid(id, bigEndian: true), body, $"00-{trace[..32]}-{trace[32..48]}-01");
    }

    public static OutsideMessage Of(int seed, string publisher, string name, string exchange, string body) => Of(seed, publisher, name, exchange, Encoding.UTF8.GetBytes(body));

    public string BodyHash => Convert.ToHexStringLower(SHA256.HashData(Body));
}
