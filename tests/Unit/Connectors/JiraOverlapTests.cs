using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Systems.Jira;

namespace Pipeline.Unit.Tests.Connectors;

/// <summary>The bound of a search is a whole minute; what lies in that minute before the overlap would otherwise be published again in every pass.</summary>
public sealed class JiraOverlapTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly Feed _feed = new JiraConnector()
        .Describe(new SystemSettings(new ConfigurationBuilder().AddInMemoryCollection([new("j:Email", "a@b.example"), new("j:ApiToken", "t"), new("j:Lag", "00:05:00")]).Build().GetSection("j")))
        .Feeds.Single();

    [Theory]
    [InlineData("2026-03-02T10:07:00.0000000Z")]
    [InlineData("2026-03-02T10:07:30.5000000Z")]
    [InlineData("2026-03-02T10:07:59.9990000Z")]
    public void What_a_pass_reads_again_is_all_remembered(string newest)
    {
        var time = DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture);
        Assert.InRange(Bound(newest, _feed.Lag), time - _feed.Lag, time - Overlap);
        Assert.InRange(Bound(newest, TimeSpan.Zero), time - _feed.Lag, time);
    }

    private DateTimeOffset Bound(string newest, TimeSpan lag)
    {
        var jql = JsonDocument.Parse(_feed.First(new Start(newest, lag, DateTimeOffset.UnixEpoch)).Body!).RootElement.GetProperty("jql").GetString()!;
        return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(jql.Split(' ')[2], CultureInfo.InvariantCulture));
    }
}
