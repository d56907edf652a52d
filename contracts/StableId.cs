using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

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
            used += Write(part, buffer[used..]);
        }

        return Of(buffer[..used]);
    }

    /// <summary>
    /// The part's length and its UTF-8. A part with half a surrogate pair has none: it is written as UTF-16 and its length
    /// as a negative number, so that it is like no other part.
    /// </summary>
    private static int Write(string part, Span<byte> buffer)
    {
        if (Utf8.FromUtf16(part, buffer[4..], out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer, length);
            return 4 + length;
        }

        var raw = MemoryMarshal.AsBytes(part.AsSpan());
        BinaryPrimitives.WriteInt32BigEndian(buffer, -raw.Length);
        raw.CopyTo(buffer[4..]);
        return 4 + raw.Length;
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
