using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>Lists that are read whole, and fields that a customer has made.</summary>
public sealed class FullPassTests
{
    private static readonly DateTimeOffset Started = DateTimeOffset.Parse("2026-03-02T11:00:00Z");

    [Fact]
    public void The_first_pass_keeps_everything_and_its_cursor_stays_before_its_start()
    {
        var page = Read(null, TimeSpan.Zero, "10:00:00", "11:00:07");
        Assert.Equal(2, page.Records.Count);
        Assert.Equal("2026-03-02T11:00:00.0000000+00:00", page.Cursor);
    }

    [Fact]
    public void A_later_pass_drops_what_is_older_than_the_cursor_and_the_lag()
    {
        var page = Read("2026-03-02T10:00:00Z", TimeSpan.FromMinutes(1), "09:58:59", "09:59:00", "10:30:00");
        Assert.Equal(["2026-03-02T09:59:00Z", "2026-03-02T10:30:00Z"], page.Records.Select(record => record.GetProperty("at").GetString()));
        Assert.Equal("2026-03-02T10:30:00.0000000+00:00", page.Cursor);
    }

    [Fact]
    public void A_record_without_a_stamp_is_kept_to_be_shown_as_wrong() =>
        Assert.Single(FullPass.Read(Answer("2026-03-02T10:00:00Z", TimeSpan.Zero), [Json("""{"id":"a"}""")], null, "at").Records);

    [Fact]
    public void A_setting_names_a_field_of_the_record_or_one_that_the_customer_has_made()
    {
        var record = Json("""{"tier":null,"since":"2025-01-02","custom":{"tier":"gold","since":"2020-01-01"}}""");
        Assert.Equal("gold", record.Value("custom", "tier").GetString());
        Assert.Equal("2025-01-02", record.Value("custom", "since").GetString());
        Assert.Equal(["tier"], record.Pick("custom", ["tier", "other"]).Keys);
    }

    [Theory]
    [InlineData("\"2025-01-02\"", "2025-01-02T00:00:00Z", false)]
    [InlineData("\" \"", null, false)]
    [InlineData("null", null, false)]
    [InlineData("\"soon\"", null, true)]
    [InlineData("17", null, true)]
    public void A_date_is_a_date_or_nothing_or_wrong(string json, string? time, bool isWrong)
    {
        var fields = new Fields(Json("{}"));
        Assert.Equal(time is null ? null : DateTimeOffset.Parse(time), fields.Date("since", Json(json)));
        Assert.Equal(isWrong, fields.Refusal is not null);
    }

    private static Page Read(string? from, TimeSpan lag, params string[] times) =>
        FullPass.Read(Answer(from, lag), [.. times.Select(time => Shelf.Item(time, time)).Select(item => JsonSerializer.SerializeToElement<JsonNode>(item))], null, "at");

    private static Answer Answer(string? from, TimeSpan lag) => new(default, new VendorRequest("/items"), new Pass(from, lag, null, Started), new Dictionary<string, string>());

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
