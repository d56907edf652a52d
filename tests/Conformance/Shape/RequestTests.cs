using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>The other ways in which systems are asked: searches in a body, next pages in a header, times in a header.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task A_search_is_posted_and_its_continuation_goes_in_the_body()
    {
        var bodies = new ConcurrentQueue<string>();
        var feed = new Feed
        {
            Name = "items",
            First = _ => Search(null),
            Read = answer => new Page(answer.Body.List("data"), answer.Body.OptionalText("starting_after") is { } next ? Search(next) : null, null),
            Map = Shelf.Map,
        };
        await using var shelf = await Shelf.OpenAsync(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            bodies.Enqueue($"{context.Request.Method} {body}");
            var last = body.Contains("page2", StringComparison.Ordinal);
            await context.Response.WriteAsJsonAsync(new JsonObject
            {
                ["data"] = new JsonArray(Shelf.Item(last ? "b" : "a", "10:00:00")),
                ["starting_after"] = last ? null : "page2",
            });
        });
        await shelf.ReadAsync(feed, 1);
        Assert.Equal(["POST {\"after\":null}", "POST {\"after\":\"page2\"}"], bodies);
        Assert.Equal(["a", "b"], shelf.PublishedIds);

        static VendorRequest Search(string? after) => VendorRequest.Post("/search", JsonSerializer.Serialize(new { after }));
    }

    [Fact]
    public async Task A_next_page_in_a_header_is_followed_and_a_bare_list_is_read()
    {
        var since = new ConcurrentQueue<string>();
        var feed = new Feed
        {
            Name = "items",
            First = start => new VendorRequest("/items", Headers: new Dictionary<string, string> { ["If-Modified-Since"] = StampCursor.From(start)?.ToString("R") ?? "Mon, 01 Jan 2001 00:00:00 GMT" }),
            Read = answer =>
            {
                JsonElement[] records = [.. answer.Body.EnumerateArray()];
                var next = answer.Headers.TryGetValue("link", out var link) ? new VendorRequest(link.Split('<', '>')[1], Headers: answer.Request.Headers) : null;
                return new Page(records, next, StampCursor.After(answer.Pass, records, "at"));
            },
            Map = Shelf.Map,
        };
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            since.Enqueue(context.Request.Headers.IfModifiedSince.ToString());
            var first = !context.Request.Query.ContainsKey("page");
            if (first) context.Response.Headers.Link = $"<{context.Request.Scheme}://{context.Request.Host}/items?page=2>; rel=\"next\"";
            return context.Response.WriteAsJsonAsync(new JsonArray(Shelf.Item(first ? "a" : "b", "10:00:00")));
        });
        await shelf.ReadAsync(feed, 2);
        Assert.Equal(["/items", "/items?page=2", "/items", "/items?page=2"], shelf.Requests);
        Assert.Equal(["Mon, 01 Jan 2001 00:00:00 GMT", "Mon, 01 Jan 2001 00:00:00 GMT", "Mon, 02 Mar 2026 10:00:00 GMT", "Mon, 02 Mar 2026 10:00:00 GMT"], since);
        Assert.Equal(["a", "b"], shelf.PublishedIds);
    }
}
