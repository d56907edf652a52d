using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Engine;

/// <summary>
/// How far a feed has been read: what is stored after each page, once the broker has confirmed the page's messages. Pure;
/// whoever starts from any stored checkpoint skips nothing.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>Where the next pass starts; null before the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>When the cursor last moved, by the system's clock where it tells it; tells when a lag is over.</summary>
    public DateTimeOffset CursorMovedAt { get; init; }

    /// <summary>
    /// How long the last pass went on after its first page that was within the lag of the present. What was late then may have
    /// come up behind it since, so the next one starts that much further back: a pass that stood still there, for a pace or
    /// for a crash, would else leave more than one lag behind it.
    /// </summary>
    public TimeSpan Lingered { get; init; }

    /// <summary>Whether a pass that began after the lag was over has found nothing newer: the next one needs no overlap.</summary>
    public bool Settled { get; init; }

    /// <summary>The pass that is under way, or null between passes.</summary>
    public PassUnderWay? Pass { get; init; }

    /// <summary>What was read last, so that repeats of the overlap are not published again.</summary>
    public RecentRecords Recent { get; init; } = RecentRecords.None;

    public Counts Counts { get; init; } = new();

    /// <summary>Where a pass would start now.</summary>
    public Start StartOf(Feed feed, DateTimeOffset now) => new(Cursor, Settled ? TimeSpan.Zero : Reach(feed), now);

    /// <summary>A page was answered, the first of a pass where none is under way; <paramref name="vendorNow"/> is the system's own clock, where it tells it.</summary>
    public Checkpoint Answered(Feed feed, Start start, DateTimeOffset vendorNow) => Pass is { } under
        ? this with { Lingered = Longer(Lingered, under.LingeredUntil(vendorNow)) }
        : this with { Pass = new PassUnderWay(new Pass(start.Cursor, start.Lag, null, vendorNow), null, 0, null, vendorNow - CursorMovedAt >= feed.Lag) };

    /// <summary>How far before the newest record the next overlap may reach.</summary>
    public TimeSpan Reach(Feed feed) => feed.OrderedByCursor && feed.Lag > TimeSpan.Zero ? feed.Lag + Lingered : feed.Lag;

    /// <summary>The page has been published.</summary>
    /// <param name="vendorNow">As of its answer.</param>
    public Checkpoint After(Feed feed, Page page, RecentRecords recent, Counts pageCounts, DateTimeOffset vendorNow)
    {
        var under = Pass ?? throw new InvalidOperationException("A page belongs to a pass.");
        var ended = page.Next is null;
        var cursor = feed.OrderedByCursor || ended ? page.Cursor ?? Cursor : Cursor;
        var moved = cursor != Cursor;
        return this with
        {
            Cursor = cursor,
            CursorMovedAt = moved ? vendorNow : CursorMovedAt,
            Lingered = ended ? under.LingeredUntil(vendorNow) : Lingered,
            Settled = !moved && (Settled || (ended && under.BeganAfterLag && cursor == under.Pass.From)),
            Recent = recent,
            Counts = Counts + pageCounts,
            Pass = ended ? null : under.After(feed, page, vendorNow),
        };
    }

    /// <summary>The system no longer knows the continuation of the pass: begin anew at the cursor.</summary>
    public Checkpoint Abandon() => this with { Pass = null };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <summary>A pass between two pages.</summary>
/// <param name="Next">What is asked for next; null before the first answer.</param>
/// <param name="Read">Records so far.</param>
/// <param name="Total">How many it will bring, where the system tells.</param>
/// <param name="BeganAfterLag">Whether it began when everything up to the cursor had to be visible.</param>
/// <param name="FreshSince">When the first page came that was within the lag of the present, by the system's clock; null before.</param>
public sealed record PassUnderWay(Pass Pass, VendorRequest? Next, long Read, long? Total, bool BeganAfterLag, DateTimeOffset? FreshSince = null)
{
    /// <summary>Never less than zero, for clocks are set back.</summary>
    public TimeSpan LingeredUntil(DateTimeOffset vendorNow) => FreshSince is { } since && vendorNow > since ? vendorNow - since : TimeSpan.Zero;

    public PassUnderWay After(Feed feed, Page page, DateTimeOffset vendorNow) => this with
    {
        FreshSince = FreshSince ?? (StampCursor.Time(page.Cursor) is { } newest && newest <= vendorNow - feed.Lag ? null : vendorNow),
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
