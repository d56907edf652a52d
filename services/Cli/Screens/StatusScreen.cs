using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The whole pipeline at a glance. What does not answer is said to be out of reach, not left out.</summary>
public static class StatusScreen
{
    private const string NoAnswer = "it does not answer";
    private const string Nothing = "none";

    public static IRenderable Of(StatusReport status) => new Rows([
        Part("Services", Services(status.Services)),
        Part("Feeds", status.Feeds.Count == 0 ? new Text(Nothing) : Feeds(status.Feeds)),
        .. status.Feeds.Any(feed => feed.Drift.Count > 0) ? [Part("Schema drift", Drift(status.Feeds))] : Array.Empty<IRenderable>(),
        Part("Webhooks", status.Webhooks is { Count: > 0 } webhooks ? Webhooks(webhooks) : new Text(Nothing)),
        Part("Accounts", status.SystemOfRecord is { } accounts ? Accounts(accounts) : new Text(NoAnswer)),
        Part("Objects", status.Gatekeeper is { } gatekeeper ? Objects(gatekeeper) : new Text(NoAnswer)),
        Part("Dead letters", DeadLetters(status)),
        Part("Queues", Counts(status.Queues, "QUEUE", "READY"))]);

    private static Rows Part(string heading, IRenderable body) => new(Shown.Heading(heading), new Padder(body, new Padding(2, 0, 0, 1)));

    private static Table Services(IReadOnlyList<ServiceHealth> services)
    {
        var table = Aligned.Of("SERVICE", "STATE", "DETAIL");
        foreach (var service in services)
            table.AddRow(Shown.Cell(service.Service), Shown.Cell(service.State, service.State == "ready" ? Styles.Good : Styles.Bad), Shown.Cell(service.Detail));
        return table;
    }

    private static Table Feeds(IReadOnlyList<FeedProgress> feeds)
    {
        var table = Aligned.Of("SYSTEM", "FEED", "STATE", ">READ", ">OF", ">PUBLISHED", ">UNMAPPABLE", ">TIME LEFT", "LAST ERROR");
        foreach (var feed in feeds)
            table.AddRow(
                Shown.Cell(feed.System), Shown.Cell(feed.Feed), Shown.Cell(feed.State, feed.State == "failing" ? Styles.Bad : Style.Plain),
                Shown.Number(feed.Read), feed.Total is { } total ? Shown.Number(total) : new Text("?", Styles.Quiet), Shown.Number(feed.Published), Shown.Number(feed.Unmappable, Styles.Bad),
                Shown.Cell(feed.SecondsLeft is { } left ? Shown.Age(left) : ""), Shown.Cell(feed.LastError));
        return table;
    }

    private static Table Drift(IReadOnlyList<FeedProgress> feeds)
    {
        var table = Aligned.Of("SYSTEM", "FEED", "FIELD", "CHANGE", "FROM", "TO", "AT");
        foreach (var feed in feeds)
            foreach (var drift in feed.Drift)
                table.AddRow(
                    Shown.Cell(feed.System), Shown.Cell(feed.Feed), Shown.Cell(drift.Field), Shown.Cell(drift.Change, drift.Change == "new" ? Style.Plain : Styles.Waiting),
                    Shown.Cell(drift.From), Shown.Cell(drift.To), Shown.Time(drift.At));
        return table;
    }

    private static Table Webhooks(IReadOnlyList<WebhookProgress> webhooks)
    {
        var table = Aligned.Of("SYSTEM", ">RECEIVED", ">REPEATED", ">REFUSED", ">PENDING", ">PUBLISHED", ">UNREADABLE", ">GIVEN UP");
        foreach (var hook in webhooks)
            table.AddRow(
                Shown.Cell(hook.System), Shown.Number(hook.Received), Shown.Number(hook.Repeated), Shown.Number(hook.Refused, hook.Refused > 0 ? Styles.Bad : Style.Plain), Shown.Number(hook.Pending),
                Shown.Number(hook.Published), Shown.Number(hook.Unreadable, hook.Unreadable > 0 ? Styles.Bad : Style.Plain), Shown.Number(hook.GivenUp));
        return table;
    }

    private static Rows Accounts(SystemOfRecordStatus accounts) => new(
        Counts(accounts.States, "STATE", "ACCOUNTS"),
        new Text($"records known: {(accounts.Records.Count == 0 ? Nothing : Shown.Counts(accounts.Records))}"));

    private static Rows Objects(GatekeeperStatus gatekeeper)
    {
        var waiting = gatekeeper.Parked == 0 ? "nothing is parked" : $"parked {gatekeeper.Parked}, the oldest for {Shown.Age(gatekeeper.OldestParkedSeconds)}";
        return new Rows(ObjectTable.Of(gatekeeper.Objects), new Text($"{waiting}; released so far {gatekeeper.Released}; keys still to be released {gatekeeper.ReleasesPending}"));
    }

    private static IRenderable DeadLetters(StatusReport status) => status.Answered == 0 ? Counts(status.DeadLetters, "REASON", "LETTERS") : new Rows(
        Counts(status.DeadLetters, "REASON", "LETTERS"),
        new Text($"{status.Answered} of them have an account now: pipeline dead-letters replay --query 'answer:*' --reason ..."));

    private static IRenderable Counts(IReadOnlyDictionary<string, long> counts, string name, string number)
    {
        if (counts.Count == 0) return new Text(Nothing);
        var table = Aligned.Of(name, $">{number}");
        foreach (var (key, count) in counts) table.AddRow(Shown.Cell(key), Shown.Number(count));
        return table;
    }
}
