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
            $"received {ledger?.Received ?? 0} ({picture.Rate:0}/s)  accepted {ledger?.Accepted ?? 0}  parked {gatekeeper?.Parked ?? 0}  released {gatekeeper?.Released ?? 0}  dead-lettered {ledger?.DeadLettered ?? 0}  duplicates {ledger?.Duplicates ?? 0}");
        var queued = picture.Status?.Queues.Values.Sum() ?? 0;
        var open = standing.Moving.Concat(standing.Wrong).FirstOrDefault();
        return $"{LiveScreen.Clock(picture.Elapsed)}  {counts}  queued {queued}  feeds caught up {feeds.Count(feed => feed.State == "caught_up")} of {feeds.Count}{(open is null ? "" : $"  open: {open}")}";
    }
}
