using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>Changes that a system shows late, under a stamp that has already been passed by.</summary>
public sealed class LagTests
{
    private readonly List<JsonObject> _items = [Shelf.Item("a", "10:00:00"), Shelf.Item("c", "10:10:00")];

    private readonly Feed _feed = new()
    {
        Name = "items",
        Lag = TimeSpan.FromMinutes(5),
        First = start => VendorRequest.Get("/items", ("from", StampCursor.From(start)?.ToString("HH:mm"))),
        Read = answer => new Page(answer.Body.List("items"), null, StampCursor.After(answer.Pass, answer.Body.List("items"), "at")),
        Map = Shelf.Map,
    };

    [Fact]
    public async Task A_change_that_becomes_visible_within_the_lag_is_found_and_what_was_read_is_not_published_again()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync, speed: 1000);
        await shelf.ReadAsync(_feed, 1);
        _items.Add(Shelf.Item("b, late", "10:07:00"));
        _items.Add(Shelf.Item("too late", "10:04:59"));
        await shelf.ReadAsync(_feed, 2);
        Assert.Equal(["a", "c", "b, late"], shelf.PublishedIds);
    }

    [Fact]
    public async Task Once_the_lag_is_over_only_the_newest_stamp_is_read_again()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync, speed: 1000);
        await shelf.ReadAsync(_feed, 6, interval: TimeSpan.FromMinutes(4));
        Assert.Equal("/items", shelf.Requests.First());
        Assert.Equal("/items?from=10%3A05", shelf.Requests.ElementAt(1));
        Assert.Equal("/items?from=10%3A10", shelf.Requests.Last());
        Assert.Equal(["a", "c"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_new_change_opens_the_lag_again()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync, speed: 1000);
        await shelf.ReadAsync(_feed, 6, interval: TimeSpan.FromMinutes(4));
        _items.Add(Shelf.Item("d", "10:20:00"));
        await shelf.ReadAsync(_feed, 2);
        Assert.Equal("/items?from=10%3A15", shelf.Requests.Last());
    }

    [Fact]
    public async Task The_same_stamp_with_another_content_is_another_message()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync, speed: 1000);
        var named = _feed with { Map = item => Mapped.ToAccount(item, fields => new() { Source = "shelf", NativeId = fields.RequiredText("id"), Name = fields.Text("name"), ObservedAt = fields.RequiredTime("at") }) };
        await shelf.ReadAsync(named, 1);
        _items[1]["name"] = "changed without a new stamp";
        await shelf.ReadAsync(named, 1);
        Assert.Equal(["a", "c", "c"], shelf.PublishedIds);
        Assert.Equal(3, shelf.Engine.Recorder.Messages.DistinctBy(message => message.Id).Count());
    }

    private Task AnswerAsync(HttpContext context)
    {
        var from = context.Request.Query["from"].ToString();
        var found = _items.Where(item => string.CompareOrdinal(item["at"]!.GetValue<string>()[11..16], from) >= 0).OrderBy(item => item["at"]!.GetValue<string>(), StringComparer.Ordinal);
        return context.Response.WriteAsJsonAsync(new JsonObject { ["items"] = new JsonArray([.. found.Select(item => item.DeepClone())]) });
    }
}
