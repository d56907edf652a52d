using System.Text.Json.Serialization;

namespace Pipeline.Connectors.Engine;

/// <summary>The part of a checkpoint that is stored as JSON, for people to read too.</summary>
public sealed record Position(string? Cursor, DateTimeOffset CursorMovedAt, bool Settled, PassUnderWay? Pass, TimeSpan Lingered = default)
{
    public static Position Of(Checkpoint checkpoint) => new(checkpoint.Cursor, checkpoint.CursorMovedAt, checkpoint.Settled, checkpoint.Pass, checkpoint.Lingered);

    public Checkpoint With(RecentRecords recent, Counts counts) =>
        new() { Cursor = Cursor, CursorMovedAt = CursorMovedAt, Settled = Settled, Pass = Pass, Lingered = Lingered, Recent = recent, Counts = counts };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Position))]
public sealed partial class CheckpointJson : JsonSerializerContext;
