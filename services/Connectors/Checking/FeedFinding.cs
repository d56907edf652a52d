using Pipeline.Connectors.Checking.Sampling;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking;

/// <summary>What a feed's first page tells. Pure.</summary>
public static class FeedFinding
{
    public static FeedCheck Of(ConfiguredSystem system, Feed feed, Asked asked)
    {
        var advice = new Advice(system, feed.Name);
        var finding = asked switch
        {
            Asked.Answered(var page) => Of(feed, page, advice),
            Asked.Failed(var problem) => Failed(feed, advice.Of(problem)),
            Asked.Paced(var wait) => Failed(feed, advice.Paced(wait)),
            _ => new FeedCheck(feed.Name, "not_asked", "Not asked: it would come to the same.", "", null, null),
        };
        return finding with { Asked = Address(system, feed) };
    }

    private static FeedCheck Of(Feed feed, Page page, Advice advice)
    {
        var sample = PageSample.Of(feed, page);
        var verdict = SampleWords.Of(feed.Name, sample);
        if (sample.Read == 0) return new(feed.Name, "empty", verdict, "", null, sample);
        return sample.Unmappable < sample.Read
            ? new(feed.Name, "ok", verdict, "", null, sample)
            : Failed(feed, advice.NothingMapped(sample.Read, sample.UnmappableReasons.First().Key)) with { Sample = sample };
    }

    private static FeedCheck Failed(Feed feed, CheckProblem problem) => new(feed.Name, "failed", problem.Detail, "", problem, null);

    /// <summary>As it is sent, but without the query, which is long and may name what nobody should see.</summary>
    private static string Address(ConfiguredSystem system, Feed feed)
    {
        var request = feed.First(new Start(null, feed.Lag, DateTimeOffset.UnixEpoch));
        return $"{(request.Body is null ? "GET" : "POST")} {VendorAddress.Of(system.Address, request.Path).GetLeftPart(UriPartial.Path)}";
    }
}
