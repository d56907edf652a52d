using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>A system that filters and orders by the stamp and pages by number, as a bare list: what changes meanwhile leaves its place.</summary>
public sealed class NumberedPageTests
{
    private readonly List<JsonObject> _items =
        [Shelf.Item("a", "10:00:00"), Shelf.Item("b", "10:01:00"), Shelf.Item("c", "10:02:00"), Shelf.Item("d", "10:03:00"), Shelf.Item("e", "10:04:00")];

    private readonly Feed _feed = new()
    {
        Name = "items",
        Lag = TimeSpan.FromMinutes(1),
        First = start => Ask(StampCursor.From(start) ?? DateTimeOffset.UnixEpoch, 1),
        Read = answer =>
        {
            var records = answer.Body.Rows();
            var asked = (DateTimeOffset.Parse(answer.Request.Query("from")!, CultureInfo.InvariantCulture), int.Parse(answer.Request.Query("page")!, CultureInfo.InvariantCulture));
            return StampPages.Read(answer, records, records.Count == 2, Stamp, asked, Ask);
        },
        Map = Shelf.Map,
    };

    [Fact]
    public async Task A_record_that_leaves_its_place_does_not_hide_the_one_behind_it()
    {
        await using var shelf = await Shelf.OpenAsync(async context =>
        {
            await AnswerAsync(context);
            _items[0]["at"] = "2026-03-02T11:00:00Z";
        });
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(["a", "b", "c", "d", "e", "a"], shelf.PublishedIds);
    }

    [Fact]
    public async Task More_records_of_one_second_than_a_page_holds_are_read_by_number()
    {
        foreach (var item in _items) item["at"] = "2026-03-02T10:00:00Z";
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(["a", "b", "c", "d", "e"], shelf.PublishedIds);
        Assert.Equal(["1", "1", "2", "3"], shelf.Requests.Select(request => request.Split("page=")[1]));
    }

    [Theory]
    [InlineData("<https://host/items?page_info=a,b>; rel=\"next\"", "https://host/items?page_info=a,b")]
    [InlineData("<https://host/1>; rel=\"prev\", <https://host/3>; title=x; rel=next", "https://host/3")]
    [InlineData("<https://host/1>; rel=\"prev\"", null)]
    [InlineData("", null)]
    public void A_link_header_names_the_next_page(string header, string? next) =>
        Assert.Equal(next, LinkHeader.Next(new Dictionary<string, string> { ["Link"] = header })?.Path);

    private static VendorRequest Ask(DateTimeOffset from, int page) =>
        VendorRequest.Get("/items", ("from", from.ToString("O", CultureInfo.InvariantCulture)), ("page", page.ToString(CultureInfo.InvariantCulture)));

    private static DateTimeOffset? Stamp(JsonElement item) => item.GetProperty("at").GetDateTimeOffset();

    private Task AnswerAsync(HttpContext context)
    {
        var from = DateTimeOffset.Parse(context.Request.Query["from"]!, CultureInfo.InvariantCulture);
        var page = int.Parse(context.Request.Query["page"]!, CultureInfo.InvariantCulture);
        var found = _items.Where(item => DateTimeOffset.Parse(item["at"]!.GetValue<string>(), CultureInfo.InvariantCulture) >= from).OrderBy(item => item["at"]!.GetValue<string>(), StringComparer.Ordinal).Skip((page - 1) * 2).Take(2);
        return context.Response.WriteAsJsonAsync(new JsonArray([.. found.Select(item => item.DeepClone())]));
    }
}
