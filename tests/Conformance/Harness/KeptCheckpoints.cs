using System.Text.Json;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The database's place. Keeps what the database would: the stored form, not the objects.</summary>
public sealed class KeptCheckpoints : IKeepCheckpoints
{
    private readonly Lock _lock = new();
    private bool _overtaken;
    private readonly Dictionary<string, Row> _rows = [];

    public Death Death { get; set; } = Death.Never;

    /// <summary>Called after each save, before the poller goes on.</summary>
    public Action<Checkpoint> Saved { get; set; } = _ => { };

    /// <summary>Just before the next save, another process stores the same checkpoint.</summary>
    public void OvertakeOnce() => _overtaken = true;

    /// <summary>Passes whose end was stored.</summary>
    public int PassesEnded { get; private set; }

    public string Position
    {
        get
        {
            lock (_lock) return _rows.Values.SingleOrDefault()?.Position ?? "";
        }
    }

    public Task<StoredCheckpoint> LoadAsync(string system, string feed, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(feed, out var row)) return Task.FromResult(new StoredCheckpoint(new Checkpoint(), 0));
            var position = JsonSerializer.Deserialize(row.Position, CheckpointJson.Default.Position)!;
            return Task.FromResult(new StoredCheckpoint(position.With(RecentRecords.FromBytes(row.Recent), row.Counts), row.Version));
        }
    }

    public Task<StoredCheckpoint?> SaveAsync(string system, string feed, StoredCheckpoint last, Checkpoint next, CancellationToken cancellation)
    {
        Death.Step();
        lock (_lock)
        {
            if (_overtaken) (_overtaken, _rows[feed]) = (false, RowOf(last.Checkpoint, last.Version + 1));
            if ((_rows.GetValueOrDefault(feed)?.Version ?? 0) != last.Version) return Task.FromResult<StoredCheckpoint?>(null);
            _rows[feed] = RowOf(next, last.Version + 1);
            if (next.Pass is null) PassesEnded++;
        }

        Saved(next);
        Death.Step();
        return Task.FromResult<StoredCheckpoint?>(new StoredCheckpoint(next, last.Version + 1));
    }

    private static Row RowOf(Checkpoint checkpoint, long version) =>
        new(JsonSerializer.Serialize(Connectors.Engine.Position.Of(checkpoint), CheckpointJson.Default.Position), checkpoint.Recent.ToBytes(), checkpoint.Counts, version);

    private sealed record Row(string Position, byte[] Recent, Counts Counts, long Version);
}
