using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.VendorSimulator.World;

/// <summary>Chance that is the same every time: a stream of its own for each part, so that more rows in one part do not shift another.</summary>
public static class Chance
{
    public static Random Of(int seed, string part) => new(BinaryPrimitives.ReadInt32LittleEndian(Hash(seed, part)) & int.MaxValue);

    /// <summary>A number from 0 up to, not including, 1 for this one event.</summary>
    public static double Draw(int seed, string part, long count) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(Hash(seed, $"{part}/{count}")) >> 11) / (double)(1UL << 53);

    /// <summary>An id for the thing of this name, the same on every start.</summary>
    public static byte[] Hash(int seed, string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}"));

    public static string Hex(Random random, int length, string start)
    {
        var bytes = new byte[length / 2];
        random.NextBytes(bytes);
        return start + Convert.ToHexStringLower(bytes)[start.Length..];
    }

    public static T[] Shuffled<T>(IEnumerable<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
