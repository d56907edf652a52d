using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>Many feeds of one system, which allows only so many requests at once.</summary>
public sealed class ConcurrencyTests
{
    private readonly Lock _lock = new();
    private int _underWay;
    private int _most;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task However_many_feeds_there_are_no_more_requests_than_allowed_are_under_way(int allowed)
    {
        await using var shelf = await Shelf.OpenAsync(context => SlowlyAsync(context, TimeSpan.FromMilliseconds(20)));
        await shelf.ReadAsync(Feeds(12), passes: 12, allowed, timeout: TimeSpan.FromHours(10));
        Assert.Equal(allowed, _most);
        Assert.Equal(24, shelf.Requests.Count);
        Assert.Equal(24, shelf.PublishedIds.Count());
    }

    [Fact]
    public async Task Waiting_for_a_turn_does_not_count_against_the_timeout_of_a_request()
    {
        // By the fast clock an answer takes 2 s, the last of ten feeds waits for 18, and a request may take 15.
        await using var shelf = await Shelf.OpenAsync(context => SlowlyAsync(context, TimeSpan.FromMilliseconds(100)), speed: 10);
        await shelf.ReadAsync(Feeds(10), passes: 10, concurrency: 1, timeout: TimeSpan.FromSeconds(15));
        Assert.Equal(20, shelf.Requests.Count);
        Assert.All(shelf.Engine.Board.Report(), feed => Assert.Null(feed.LastError));
    }

    private static IEnumerable<Feed> Feeds(int count) => Enumerable.Range(0, count).Select(number => new Feed
    {
        Name = $"items {number}",
        First = _ => new VendorRequest($"/items/{number}"),
        Read = answer => new Page(answer.Body.List("items"), answer.Body.OptionalText("next") is { } next ? new VendorRequest(next) : null, null),
        Map = Shelf.Map,
    });

    /// <summary>Two pages a feed. The headers go first: a request is under way until its last byte.</summary>
    private async Task SlowlyAsync(HttpContext context, TimeSpan slow)
    {
        lock (_lock) _most = Math.Max(_most, ++_underWay);
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync();
        await Task.Delay(slow, TimeProvider.System, CancellationToken.None);
        lock (_lock) _underWay--;
        var path = context.Request.Path.Value!;
        var next = path.EndsWith("/more", StringComparison.Ordinal) ? null : $"{path}/more";
        await context.Response.WriteAsync(new JsonObject { ["items"] = new JsonArray(Shelf.Item(path, "10:00:00")), ["next"] = next }.ToJsonString());
    }
}
