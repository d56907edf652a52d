using System.Globalization;

namespace Pipeline.Cli.Demo;

/// <summary>The picture in one line, for output that cannot be drawn over. Pure.</summary>
public static class ProgressLine
{
    public static string Of(Picture picture, Standing standing)
    {
        var feeds = picture.Status?.Feeds ?? [];
        var (ledger, gatekeeper) = (picture.Ledger, picture.Status?.Gatekeeper);
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"received {Known(ledger?.Received)} ({picture.Rate:0}/s)  accepted {Known(ledger?.Accepted)}  parked {Known(gatekeeper?.Parked)}  released {Known(gatekeeper?.Released)}  dead-lettered {Known(ledger?.DeadLettered)}  duplicates {Known(ledger?.Duplicates)}");
        var queued = picture.Status?.Queues.Values.Sum() ?? 0;
        var open = standing.Moving.Concat(standing.Wrong).FirstOrDefault();
        return $"{LiveScreen.Clock(picture.Elapsed)}  {counts}  queued {queued}  feeds caught up {feeds.Count(feed => feed.State == "caught_up")} of {feeds.Count}{(open is null ? "" : $"  open: {open}")}";
    }

    private static string Known(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
