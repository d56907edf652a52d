namespace Pipeline.Connectors.Engine;

/// <summary>
/// How far a feed has been read: what is stored after each page, once the broker has confirmed the page's messages. Pure;
/// whoever starts from any stored checkpoint skips nothing.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>Where the next pass starts; null before the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>When the cursor last moved, by our clock; tells when a lag is over.</summary>
    public DateTimeOffset CursorMovedAt { get; init; }

    /// <summary>Whether a pass that began after the lag was over has found nothing newer: the next one needs no overlap.</summary>
    public bool Settled { get; init; }

    /// <summary>The pass that is under way, or null between passes.</summary>
    public PassUnderWay? Pass { get; init; }

    /// <summary>What was read last, so that repeats of the overlap are not published again.</summary>
    public RecentRecords Recent { get; init; } = RecentRecords.None;

    public Counts Counts { get; init; } = new();

    /// <summary>Where a pass would start now.</summary>
    public Start StartOf(Feed feed, DateTimeOffset now) => new(Cursor, Settled ? TimeSpan.Zero : feed.Lag, now);

    /// <summary>A pass has begun; <paramref name="vendorNow"/> is the system's own clock, where it tells it.</summary>
    public Checkpoint Begin(Feed feed, Start start, DateTimeOffset vendorNow) => this with
    {
        Pass = new PassUnderWay(new Pass(start.Cursor, start.Lag, null, vendorNow), null, 0, null, start.Now - CursorMovedAt >= feed.Lag),
    };

    /// <summary>The page has been published.</summary>
    public Checkpoint After(Feed feed, Page page, RecentRecords recent, Counts pageCounts, DateTimeOffset now)
    {
        var under = Pass ?? throw new InvalidOperationException("A page belongs to a pass.");
        var ended = page.Next is null;
        var cursor = feed.OrderedByCursor || ended ? page.Cursor ?? Cursor : Cursor;
        var moved = cursor != Cursor;
        return this with
        {
            Cursor = cursor,
            CursorMovedAt = moved ? now : CursorMovedAt,
            Settled = !moved && (Settled || (ended && under.BeganAfterLag && cursor == under.Pass.From)),
            Recent = recent,
            Counts = Counts + pageCounts,
            Pass = ended ? null : under.After(page),
        };
    }

    /// <summary>The system no longer knows the continuation of the pass: begin anew at the cursor.</summary>
    public Checkpoint Abandon() => this with { Pass = null };
}

/// <summary>A pass between two pages.</summary>
/// <param name="Next">What is asked for next; null before the first answer.</param>
/// <param name="Read">Records so far.</param>
/// <param name="Total">How many it will bring, where the system tells.</param>
/// <param name="BeganAfterLag">Whether it began when everything up to the cursor had to be visible.</param>
public sealed record PassUnderWay(Pass Pass, VendorRequest? Next, long Read, long? Total, bool BeganAfterLag)
{
    public PassUnderWay After(Page page) => this with
    {
        Pass = Pass with { Newest = page.Cursor ?? Pass.Newest },
        Next = page.Next,
        Read = Read + page.Records.Count,
        Total = page.Total ?? Total,
    };
}

/// <summary>What a feed has done since it was first read.</summary>
/// <param name="Read">Records that the system sent, repeats included.</param>
/// <param name="Published">Messages that the broker confirmed.</param>
/// <param name="Unmappable">Records that went to the dead letters.</param>
/// <param name="Repeated">Records that were read again and not published again.</param>
public sealed record Counts(long Read = 0, long Published = 0, long Unmappable = 0, long Repeated = 0)
{
    public static Counts operator +(Counts left, Counts right) => new(
        left.Read + right.Read, left.Published + right.Published, left.Unmappable + right.Unmappable, left.Repeated + right.Repeated);
}
