namespace Pipeline.Connectors.Engine;

/// <summary>The edge to where checkpoints are kept.</summary>
public interface IKeepCheckpoints
{
    /// <summary>The checkpoint of a feed; a new one where there is none yet.</summary>
    Task<StoredCheckpoint> LoadAsync(string system, string feed, CancellationToken cancellation);

    /// <summary>
    /// Stores <paramref name="next"/> in the place of <paramref name="last"/>; null if someone else has stored another one since
    /// <paramref name="last"/> was loaded, and then nothing has been changed.
    /// </summary>
    Task<StoredCheckpoint?> SaveAsync(string system, string feed, StoredCheckpoint last, Checkpoint next, CancellationToken cancellation);
}

/// <param name="Version">Rises with every save; 0 before the first.</param>
public sealed record StoredCheckpoint(Checkpoint Checkpoint, long Version);
