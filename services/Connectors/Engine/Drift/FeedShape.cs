namespace Pipeline.Connectors.Engine.Drift;

/// <summary>Where a page stands to the first pass ever. That pass reads the past: what it finds is how things are, and no change.</summary>
public enum FirstPass
{
    Over,
    UnderWay,

    /// <summary>The page is its last: all that the system has, has been seen.</summary>
    Ends,
}

/// <summary>What is known of a feed's records, and what was told of them. Pure; stored as JSON, for people to read too.</summary>
public sealed record FeedShape
{
    /// <summary>How many drifts are kept.</summary>
    public const int MostTold = 20;

    public ObjectShape Record { get; init; } = ObjectShape.Unknown;

    /// <summary>The newest drifts, the newest first.</summary>
    public IReadOnlyList<FieldDrift> Told { get; init; } = [];

    /// <summary>The page has been read. Returns this very shape where the page brought nothing new.</summary>
    /// <param name="fresh">How many of the page's records have not been read before.</param>
    /// <param name="now">When.</param>
    public (FeedShape Shape, IReadOnlyList<FieldDrift> Drifts) After(SeenObject page, FirstPass firstPass, int fresh, DateTimeOffset now)
    {
        var comparison = new Comparison(firstPass, fresh, now);
        var record = comparison.Of(Record, page);
        if (record == Record) return (this, []);
        return (this with { Record = record, Told = [.. comparison.Found.Reverse().Concat(Told).Take(MostTold)] }, comparison.Found);
    }
}
