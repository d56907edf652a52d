using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking;

/// <summary>What the feeds together tell of their system. Pure.</summary>
public static class SystemFinding
{
    public static CheckReport NotConfigured(string system, IReadOnlyList<SettingLine> settings) => new(
        system, "not_configured", $"There is a connector for {system}, but it is not configured. Required: {string.Join(", ", settings.Where(setting => setting.Otherwise is null).Select(setting => setting.Name))}.",
        null, "unknown", [], settings);

    public static CheckReport Of(ConfiguredSystem system, IReadOnlyList<(Feed Feed, Asked Asked)> asked)
    {
        var feeds = asked.Select(feed => FeedFinding.Of(system, feed.Feed, feed.Asked)).ToList();
        var failed = feeds.Any(feed => feed.State is "failed" or "not_asked");
        return new(system.Name, failed ? "failed" : "ok", Verdict(feeds), system.Address.AbsoluteUri, Credentials(system, asked, feeds), feeds, []);
    }

    /// <summary>Who got an answer that takes credentials had them accepted; so had who got a token, whatever was refused to it.</summary>
    private static string Credentials(ConfiguredSystem system, IReadOnlyList<(Feed Feed, Asked Asked)> asked, IReadOnlyList<FeedCheck> feeds)
    {
        var takesToken = system.System.Authentication is Authentication.ClientCredentials;
        if (asked.Any(feed => feed.Asked is Asked.Answered || (takesToken && feed.Asked is Asked.Failed({ Status: not (null or 401), ForToken: false })))) return "accepted";
        return feeds.Any(feed => feed.Problem?.Code == "credentials_refused") ? "refused" : "unknown";
    }

    private static string Verdict(IReadOnlyList<FeedCheck> feeds)
    {
        var wrong = feeds.Where(feed => feed.Problem is not null).ToList();
        if (wrong.Count == 0) return $"{(feeds.Count == 1 ? "Its feed answers" : $"All {feeds.Count} feeds answer")}. {string.Join(' ', feeds.Where(Tells).DefaultIfEmpty(feeds[0]).Take(1).Select(feed => feed.Verdict))}";
        if (wrong.Select(feed => feed.Problem!.Code).Distinct().Count() == 1 && feeds.All(feed => feed.Problem is not null || feed.State == "not_asked")) return $"{Sentence(wrong[0].Verdict)} {wrong[0].Problem!.Advice}";
        return $"{feeds.Count(feed => feed.State is "ok" or "empty")} of {feeds.Count} feeds answer. {string.Join(' ', wrong.Select(feed => $"{feed.Feed}: {Sentence(feed.Verdict)}"))}";
    }

    /// <summary>The system's own words may end as they like.</summary>
    private static string Sentence(string text) => text is [.., '.' or '!' or '?' or '…'] ? text : $"{text}.";

    /// <summary>The feed of accounts says the most in one line.</summary>
    private static bool Tells(FeedCheck feed) => feed.Sample is { Accounts: > 0 };
}
