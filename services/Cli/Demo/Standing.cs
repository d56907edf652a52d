using Pipeline.Cli.Screens;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Demo;

/// <summary>Whether the flow has come to rest, and what keeps it from that. Pure.</summary>
/// <param name="Moving">What must still end, whatever the figures are: a sentence each.</param>
/// <param name="Wrong">What is not as it must be, and may yet become so.</param>
/// <param name="Settled">Nothing moves, and nothing is wrong or what is wrong has not changed for a while.</param>
public sealed record Standing(IReadOnlyList<string> Moving, IReadOnlyList<string> Wrong, bool Settled)
{
    /// <summary>Messages that a service has taken and not yet finished are in no figure, so that rest must last a little to be believed.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(2);

    /// <summary>After so long without a change nothing will change by itself.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(20);

    public bool IsRight => Settled && Wrong.Count == 0;

    public static Standing Of(Picture picture)
    {
        var moving = MovingIn(picture).ToList();
        var wrong = WrongIn(picture).ToList();
        return new Standing(moving, wrong, moving.Count == 0 && picture.Quiet >= (wrong.Count == 0 ? Believed : Still));
    }

    private static IEnumerable<string> MovingIn(Picture picture)
    {
        if (picture.OutOfReach.Count > 0) return picture.OutOfReach;
        if (picture.Status is not { Gatekeeper: { } gatekeeper, SystemOfRecord: not null } status || picture.Ledger is not { } ledger) return ["the services have not yet answered"];
        return [.. Simulated(picture), .. Feeds(picture, status.Feeds), .. Queues(status.Queues, ledger.InFlight), .. Releases(gatekeeper)];
    }

    private static IEnumerable<string> Simulated(Picture picture)
    {
        if (picture.Simulator is not { } simulator || picture.Truth is null) return ["the simulator has not yet answered"];
        var late = simulator.Systems.SelectMany(system => system.Value.Where(rows => rows.Visible < rows.Total)
            .Select(rows => $"{system.Key} {rows.Rows}: {rows.Total - rows.Visible} are yet to come"));
        var publishing = simulator.Publishers.Where(publisher => publisher.Value.Confirmed < publisher.Value.Total)
            .Select(publisher => $"{publisher.Key} has published {publisher.Value.Confirmed} of {publisher.Value.Total}");
        return late.Concat(publishing);
    }

    private static IEnumerable<string> Feeds(Picture picture, IReadOnlyList<FeedProgress> feeds) => feeds.Count == 0 ? ["no feed has begun"]
        : feeds.Where(feed => feed.State is "failing" or "starting" || !picture.CaughtUp.Contains((feed.System, feed.Feed))).Select(feed => $"feed {feed.System} {feed.Feed} is {feed.State}{(feed is { State: "failing", LastError: { } error } ? $": {Shown.Safe(error)}" : "")}");

    private static IEnumerable<string> Queues(IReadOnlyDictionary<string, long> queues, InFlight flight)
    {
        foreach (var (queue, ready) in queues)
            if (ready > 0) yield return $"{Shown.Many(ready, "message")} in {queue}";
        if (flight.Announcements > 0) yield return $"{Shown.Many(flight.Announcements, "announcement")} to be said";
        if (flight.DeadLetters > 0) yield return $"{Shown.Many(flight.DeadLetters, "dead letter")} on the way to the office";
    }

    private static IEnumerable<string> Releases(GatekeeperStatus gatekeeper) => gatekeeper.ReleasesPending > 0 ? [$"{Shown.Many(gatekeeper.ReleasesPending, "key")} to be released"] : [];

    private static IEnumerable<string> WrongIn(Picture picture)
    {
        if (picture.Ledger is { Balanced: false } ledger) foreach (var mistake in ledger.Mistakes) yield return $"ledger: {mistake}";
        if (picture.Truth is { } truth && EndState.Of(picture.Status) is { } found)
            foreach (var difference in EndState.Differences(EndState.Of(truth), found)) yield return difference.ToString();
    }
}
