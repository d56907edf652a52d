using Pipeline.Connectors;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>What the rules are held against: every feed of every connector that the catalog finds. Nothing lists them.</summary>
public static class Subjects
{
    public static TheoryData<string> Systems => [.. Connectors.Select(connector => connector.System)];

    /// <summary>A system without a fixture stays a subject, and fails for it.</summary>
    public static TheoryData<string, string> Feeds
    {
        get
        {
            var feeds = new TheoryData<string, string>();
            foreach (var connector in Connectors)
                foreach (var feed in FeedsOf(connector))
                    feeds.Add(connector.System, feed);
            return feeds;
        }
    }

    /// <summary>All, or the one that <c>CONFORMANCE_SYSTEM</c> names, for who writes a connector and wants to know of it alone.</summary>
    private static IEnumerable<IConnector> Connectors => Environment.GetEnvironmentVariable("CONFORMANCE_SYSTEM") is { Length: > 0 } one
        ? ConnectorCatalog.Find().Where(connector => connector.System == one)
        : ConnectorCatalog.Find();

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
