using System.Text.Json;
using Pipeline.Connectors.Engine.Drift;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The database's place for shapes. Keeps the stored form.</summary>
public sealed class KeptShapes : IKeepShapes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _rows = [];

    public Death Death { get; set; } = Death.Never;

    /// <summary>The next so many saves fail.</summary>
    public int Fails { get; set; }

    /// <summary>How often a shape was stored.</summary>
    public int Saves { get; private set; }

    public string Stored(string feed)
    {
        lock (_lock) return _rows.GetValueOrDefault(feed, "");
    }

    public Task<FeedShape> LoadAsync(string system, string feed, CancellationToken cancellation) =>
        Task.FromResult(Stored(feed) is { Length: > 0 } row ? JsonSerializer.Deserialize(row, ShapeJson.Default.FeedShape)! : new FeedShape());

    public Task SaveAsync(string system, string feed, FeedShape shape, CancellationToken cancellation)
    {
        Death.Step();
        if (Fails-- > 0) throw new IOException("The store of shapes is gone.");
        lock (_lock) (_rows[feed], Saves) = (JsonSerializer.Serialize(shape, ShapeJson.Default.FeedShape), Saves + 1);
        return Task.CompletedTask;
    }
}
