namespace Pipeline.Connectors.Engine.Drift;

/// <summary>The edge to where the shapes of feeds are kept.</summary>
public interface IKeepShapes
{
    /// <summary>The shape of a feed's records; an empty one where there is none yet.</summary>
    Task<FeedShape> LoadAsync(string system, string feed, CancellationToken cancellation);

    /// <summary>Stores the shape in the place of the one before.</summary>
    Task SaveAsync(string system, string feed, FeedShape shape, CancellationToken cancellation);
}
