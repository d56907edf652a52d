using System.Security.Cryptography;
using System.Text;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>One message of the portal, the same on every start: its id, its body and its trace are made from its name and the seed.</summary>
/// <param name="Name">What it is, for a person.</param>
public sealed record PortalMessage(string Name, Guid Id, byte[] Body, string TraceParent)
{
    public static PortalMessage Of(int seed, string name, byte[] body)
    {
        var id = Chance.Hash(seed, $"portal message {name}").AsSpan(0, 16).ToArray();
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        var trace = Convert.ToHexStringLower(Chance.Hash(seed, $"portal trace {name}"));
        return new PortalMessage(name, new Guid(id, bigEndian: true), body, $"00-{trace[..32]}-{trace[32..48]}-01");
    }

    public static PortalMessage Of(int seed, string name, string body) => Of(seed, name, Encoding.UTF8.GetBytes(body));

    public string BodyHash => Convert.ToHexStringLower(SHA256.HashData(Body));
}
