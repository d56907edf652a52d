using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Contracts;

/// <summary>
/// Ids that are derived from what they identify, so that the same thing has the same id wherever and however often it is
/// made: the first 128 bits of a SHA-256 over the parts, marked as a version 8 UUID.
/// </summary>
public static class StableId
{
    /// <summary>The id of these parts. Each part is measured before it is hashed, so that no two lists of parts run together.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts) size += 4 + Encoding.UTF8.GetMaxByteCount(part.Length);
        var buffer = size <= 1024 ? stackalloc byte[1024] : new byte[size];
        var used = 0;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, buffer[(used + 4)..]);
            BinaryPrimitives.WriteInt32BigEndian(buffer[used..], length);
            used += 4 + length;
        }

        return Of(buffer[..used]);
    }

    /// <summary>The id of these bytes.</summary>
    public static Guid Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
