using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Systems.Zendesk;

namespace Pipeline.Unit.Tests.Connectors;

/// <summary>The time-based export where it would never end: more organizations of one second than a page holds.</summary>
public sealed class ZendeskOrganizationTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly Feed _feed = new ZendeskConnector()
        .Describe(new SystemSettings(new ConfigurationBuilder().AddInMemoryCollection([new("z:Email", "a@b.example"), new("z:ApiToken", "t")]).Build().GetSection("z")))
        .Feeds.Single(feed => feed.Name == "organizations");

    [Fact]
    public void A_page_that_does_not_get_on_leads_to_the_plain_list_and_from_there_to_the_next_second()
    {
        var stuck = Read("/api/v2/incremental/organizations.json?start_time=500", """{"organizations":[{}],"end_time":500,"end_of_stream":false}""", newest: "500");
        Assert.Equal("500", stuck.Cursor);
        Assert.Equal("/api/v2/organizations.json", stuck.Next!.PathAlone);
        Assert.Equal("100", stuck.Next.Query("page[size]"));

        var list = Read(stuck.Next.Path, """{"organizations":[{}],"meta":{"has_more":true,"after_cursor":"abc="}}""", newest: "500");
        Assert.Equal("500", list.Cursor);
        Assert.Equal("abc=", list.Next!.Query("page[after]"));

        var end = Read(list.Next.Path, """{"organizations":[{}],"meta":{"has_more":false,"after_cursor":null}}""", newest: "500");
        Assert.Equal("501", end.Cursor);
        Assert.Equal("501", end.Next!.Query("start_time"));
    }

    [Fact]
    public void The_export_is_never_asked_for_the_last_minute()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(10_000);
        Assert.Equal("9939", _feed.First(new Start("9990", TimeSpan.Zero, now)).Query("start_time"));
        Assert.Equal("0", _feed.First(new Start(null, TimeSpan.Zero, now)).Query("start_time"));
    }

    [Fact]
    public void An_earlier_start_than_the_cursor_does_not_move_the_cursor_back()
    {
        var page = Read("/api/v2/incremental/organizations.json?start_time=440", """{"organizations":[],"end_time":450,"end_of_stream":true}""", newest: "500");
        Assert.Equal("500", page.Cursor);
    }

    private Page Read(string path, string body, string newest) =>
        _feed.Read(new Answer(JsonSerializer.Deserialize<JsonElement>(body), new VendorRequest(path), new Pass(newest, TimeSpan.Zero, newest, DateTimeOffset.UnixEpoch), NoHeaders));
}
