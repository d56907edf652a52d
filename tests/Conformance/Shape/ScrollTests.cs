using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Systems.Intercom;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>A scroll, which each request moves on: what one pass loses the next one brings.</summary>
public sealed class ScrollTests
{
    private static readonly string[] Companies = ["a", "b", "c"];

    private readonly Feed _feed = new IntercomConnector().Describe(new SystemSettings(new ConfigurationBuilder().Build().GetSection("none"))).Feeds[0];
    private int _scrolls;
    private int _position;
    private bool _failed;

    [Fact]
    public async Task A_page_whose_answer_was_lost_comes_with_the_next_pass()
    {
        await using var shelf = await Shelf.OpenAsync(context => AnswerAsync(context, StatusCodes.Status200OK));
        await shelf.ReadAsync(_feed, 2);
        Assert.Equal(["a", "c", "b"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_scroll_that_has_expired_begins_anew()
    {
        await using var shelf = await Shelf.OpenAsync(context => AnswerAsync(context, StatusCodes.Status404NotFound));
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(2, _scrolls);
        Assert.Equal(["a", "b", "c"], shelf.PublishedIds);
    }

    /// <summary>One company a page. The second one is answered by this status, once, or not at all where it is 200.</summary>
    private Task AnswerAsync(HttpContext context, int status)
    {
        if (!context.Request.Query.ContainsKey("scroll_param")) (_position, _scrolls) = (0, _scrolls + 1);
        var company = Companies.ElementAtOrDefault(_position++);
        if (company == "b" && !_failed)
        {
            (_failed, context.Response.StatusCode) = (true, status);
            if (status == StatusCodes.Status200OK) context.Abort();
            return Task.CompletedTask;
        }

        return context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["data"] = company is null ? [] : new JsonArray(new JsonObject { ["id"] = company, ["name"] = company, ["updated_at"] = 1772445600 }),
            ["scroll_param"] = $"scroll-{_scrolls}",
        });
    }
}
