using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>A system that neither filters nor orders: page numbers, a filter of our own, and a checkpoint that only a whole pass moves.</summary>
public sealed class OrderTests
{
    private readonly List<JsonObject> _items =
        [Shelf.Item("newest", "10:30:00"), Shelf.Item("old", "10:00:00"), Shelf.Item("middle", "10:20:00"), Shelf.Item("oldest", "09:00:00")];

    private readonly Feed _feed = new()
    {
        Name = "items",
        OrderedByCursor = false,
        First = _ => VendorRequest.Get("/items", ("page", "1")),
        Read = answer =>
        {
            var records = answer.Body.List("items");
            var page = int.Parse(answer.Request.Query("page")!, CultureInfo.InvariantCulture);
            var next = records.Count == 2 ? VendorRequest.Get("/items", ("page", (page + 1).ToString(CultureInfo.InvariantCulture))) : null;
            // What changes while the pass goes on may be on a page that has been read: never beyond the start of the pass.
            var newest = DateTimeOffset.Parse(StampCursor.After(answer.Pass, records, "at") ?? "2000-01-01T00:00:00Z", CultureInfo.InvariantCulture);
            var cursor = newest < answer.Pass.StartedAt ? newest : answer.Pass.StartedAt;
            var from = answer.Pass.From is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) - answer.Pass.Lag : DateTimeOffset.MinValue;
            return new Page([.. records.Where(record => record.GetProperty("at").GetDateTimeOffset() >= from)], next, cursor.ToString("O"));
        },
        Map = Shelf.Map,
    };

    [Fact]
    public async Task Every_item_is_read_and_unchanged_ones_are_left_out_of_the_next_pass()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        await shelf.ReadAsync(_feed, 1);
        _items[3] = Shelf.Item("oldest", "10:40:00");
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(["newest", "old", "middle", "oldest", "oldest"], shelf.PublishedIds);
    }

    [Fact]
    public async Task What_the_overlap_brings_again_is_not_published_again_though_a_newer_record_came_on_a_page_before_it()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        var feed = _feed with { Lag = TimeSpan.FromMinutes(15) };
        await shelf.ReadAsync(feed, 1);
        _items.Insert(0, Shelf.Item("newer", "11:00:00"));
        (_items[1], _items[2]) = (_items[2], _items[1]); // the newest of before is now on the second page
        await shelf.ReadAsync(feed, 1);
        Assert.Equal(["newest", "old", "middle", "oldest", "newer"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_pass_that_was_cut_off_goes_on_where_it_was_and_moves_the_cursor_only_at_its_end()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        // Two messages, their confirm, the save: the process dies right after the first page is stored.
        await shelf.ReadAsync(_feed, 1, new Death(5));
        Assert.Contains("\"cursor\":null", shelf.Engine.Checkpoints.Position, StringComparison.Ordinal);
        var before = shelf.Requests.Count;
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal("/items?page=2", shelf.Requests.ElementAt(before));
        Assert.Contains("\"cursor\":\"2026-03-02T10:30:00", shelf.Engine.Checkpoints.Position, StringComparison.Ordinal);
        Assert.Equal(["newest", "old", "middle", "oldest"], shelf.PublishedIds.Distinct());
    }

    private Task AnswerAsync(HttpContext context)
    {
        var page = int.Parse(context.Request.Query["page"]!, CultureInfo.InvariantCulture);
        var items = _items.Skip((page - 1) * 2).Take(2).Select(item => item.DeepClone());
        return context.Response.WriteAsJsonAsync(new JsonObject { ["items"] = new JsonArray([.. items]) });
    }
}
