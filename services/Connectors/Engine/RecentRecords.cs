using System.Buffers.Binary;

namespace Pipeline.Connectors.Engine;

/// <summary>
/// The records that an overlap may bring again: the message ids, with their times, of what was read within the lag before
/// the newest one; while a pass without order goes on, also what it has read so far. Bounded; a repeat that fell out is published again, with the same id, and dropped by its reader.
/// </summary>
public sealed class RecentRecords
{
    /// <summary>The most that are kept: 24 bytes each, 240 kB.</summary>
    public const int Most = 10_000;

    private const int Size = 24;
    private readonly List<(Guid Id, long Time)> _records;
    private readonly HashSet<Guid> _ids;

    private RecentRecords(List<(Guid Id, long Time)> records) => (_records, _ids) = (records, [.. records.Select(record => record.Id)]);

    public static RecentRecords None { get; } = new([]);

    public int Count => _records.Count;

    /// <summary>The time of the newest record, or null where there is none with a time.</summary>
    public DateTimeOffset? Newest => _records.Count == 0 || _records.Max(record => record.Time) is not (> 0 and var ticks) ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    public bool Contains(Guid id) => _ids.Contains(id);

    /// <summary>With these added, and without those that the next overlap cannot bring.</summary>
    /// <param name="records">The message id and the time of each record; without a time it counts as the newest.</param>
    /// <param name="reach">How far before the newest an overlap may reach; null where that is not yet known, and only the number is bounded.</param>
    public RecentRecords With(IEnumerable<(Guid Id, DateTimeOffset? Time)> records, TimeSpan? reach)
    {
        var all = new List<(Guid Id, long Time)>(_records);
        var newest = all.Count == 0 ? 0 : all.Max(record => record.Time);
        foreach (var (id, time) in records)
        {
            newest = Math.Max(newest, time?.UtcTicks ?? newest);
            all.Add((id, time?.UtcTicks ?? newest));
        }

        var oldest = reach is { } known ? newest - known.Ticks : long.MinValue;
        return new([.. all.DistinctBy(record => record.Id).Where(record => record.Time >= oldest).TakeLast(Most)]);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Count * Size];
        for (var index = 0; index < Count; index++)
        {
            var at = bytes.AsSpan(index * Size, Size);
            _records[index].Id.TryWriteBytes(at);
            BinaryPrimitives.WriteInt64LittleEndian(at[16..], _records[index].Time);
        }

        return bytes;
    }

    public static RecentRecords FromBytes(ReadOnlySpan<byte> bytes)
    {
        var records = new List<(Guid Id, long Time)>(bytes.Length / Size);
        for (; bytes.Length >= Size; bytes = bytes[Size..])
            records.Add((new Guid(bytes[..16]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])));
        return new(records);
    }
}
