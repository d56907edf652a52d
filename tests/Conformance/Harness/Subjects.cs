using Pipeline.Connectors;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>What the rules are held against: every feed of every connector that the catalog finds. Nothing lists them.</summary>
public static class Subjects
{
    public static TheoryData<string> Systems => [.. ConnectorCatalog.Find().Select(connector => connector.System)];

    /// <summary>A system without a fixture stays a subject, and fails for it.</summary>
    public static TheoryData<string, string> Feeds
    {
        get
        {
            var feeds = new TheoryData<string, string>();
            foreach (var connector in ConnectorCatalog.Find())
                foreach (var feed in FeedsOf(connector))
                    feeds.Add(connector.System, feed);
            return feeds;
        }
    }

    private static IEnumerable<string> FeedsOf(IConnector connector)
    {
        try
        {
            return [.. Fixture.Of(connector.System).Configure(new Uri("http://127.0.0.1:1")).System.Feeds.Select(feed => feed.Name)];
        }
        catch (Exception exception)
        {
            return [$"(no feeds: {exception.Message})"];
        }
    }
}
