using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;

namespace Pipeline.Conformance.Tests.Rules;

/// <summary>The suite has subjects, and each has what it needs.</summary>
public sealed class CatalogRules
{
    private static readonly string[] Waivable = ["token_renewal", "over_limit", "webhook", "webhook_window", "webhook_delivery_id"];

    [Fact]
    public void The_catalog_finds_connectors() => Assert.NotEmpty(ConnectorCatalog.Find());

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public void Every_connector_has_a_fixture_for_each_of_its_feeds_and_for_nothing_else(string system)
    {
        var fixture = Fixture.Of(system);
        var feeds = fixture.Configure(new Uri("http://127.0.0.1:1")).System.Feeds.Select(feed => feed.Name);
        Assert.Equal(feeds.Order(), fixture.Feeds.Order());
    }

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public void Waivers_name_rules_that_there_are(string system) => Assert.Subset(Waivable.ToHashSet(), Fixture.Of(system).Waivers.ToHashSet());

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public void Every_fixture_has_equal_stamps_across_a_page_boundary(string system, string feed)
    {
        PageScript[] pages = [.. Fixture.Of(system).Script(feed).Pages.Where(page => All(system, page).Count > 0)];
        Assert.True(pages.Length >= 3, "A script has two pages of a first pass and one of a second, at least.");
        var boundaries = pages.SkipLast(1).Zip(pages.Skip(1), (left, right) => (Last(system, left), All(system, right)));
        Assert.Contains(boundaries, boundary => boundary.Item2.Contains(boundary.Item1));
    }

    private static string Last(string system, PageScript page) => All(system, page).Last();

    private static List<string> All(string system, PageScript page) =>
        [.. Fixture.Of(system).Expected(page).Select(message => message!["message"]!["observed_at"]!.GetValue<string>())];
}
