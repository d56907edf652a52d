using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine.Drift;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>The watch over the records' shape, around the rules that <c>Unit</c> holds: it costs no page, and forgets nothing that it told.</summary>
public sealed class DriftTests
{
    /// <summary>Each request brings five items that were not read before.</summary>
    private readonly Feed _feed = new()
    {
        Name = "drifting items",
        First = start => VendorRequest.Get("/items", ("from", start.Cursor)),
        Read = answer => new Page(answer.Body.List("items"), null, StampCursor.After(answer.Pass, answer.Body.List("items"), "at")),
        Map = Shelf.Map,
    };

    private int _answers;
    private bool _hasColour;

    [Fact]
    public async Task A_store_that_fails_costs_no_page_and_the_drift_is_told_with_the_next()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        await shelf.ReadAsync(_feed, 1);
        (_hasColour, shelf.Engine.Shapes.Fails) = (true, 2);

        await shelf.ReadAsync(_feed, 2);
        Assert.Equal(15, shelf.PublishedIds.Distinct().Count());
        Assert.Empty(shelf.Engine.Progress.Drift);
        Assert.Equal(2, Warnings(shelf).Count(line => line.Contains("cannot be told", StringComparison.Ordinal)));
        Assert.Null(shelf.Engine.Progress.LastError);

        await shelf.ReadAsync(_feed, 2);
        Assert.Equal("colour", Assert.Single(shelf.Engine.Progress.Drift).Field);
        Assert.Single(Warnings(shelf), line => line.TrimEnd().EndsWith(": shelf drifting items: the schema has drifted (new): colour was nothing, is string", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_told_is_shown_after_a_restart_before_anything_is_read()
    {
        await using var shelf = await Shelf.OpenAsync(context => _answers < 2 ? AnswerAsync(context) : Task.Delay(Timeout.Infinite, context.RequestAborted));
        await shelf.ReadAsync(_feed, 1);
        _hasColour = true;
        await shelf.ReadAsync(_feed, 1);
        var told = Assert.Single(shelf.Engine.Progress.Drift);

        var restarted = new Death(int.MaxValue);
        shelf.Engine.Logs.Written = line => { if (line.Contains("reads from", StringComparison.Ordinal)) restarted.ComeNow(); };
        await shelf.ReadAsync(_feed, 1, restarted);

        Assert.Equal(told, Assert.Single(shelf.Engine.Progress.Drift));
        Assert.Single(Warnings(shelf));
    }

    [Fact]
    public async Task A_shape_that_does_not_change_is_not_stored_again()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        await shelf.ReadAsync(_feed, 1);
        await shelf.ReadAsync(_feed, 5);
        Assert.Equal(1, shelf.Engine.Shapes.Saves);
    }

    [Fact]
    public async Task Drifts_are_counted_by_their_kind()
    {
        var measured = new ConcurrentQueue<string>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "pipeline.connectors.schema.drift") self.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) => measured.Enqueue($"{value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        meters.Start();
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        var counted = _feed with { Name = "counted items" }; // measurements are seen by every test
        await shelf.ReadAsync(counted, 1);
        _hasColour = true;
        await shelf.ReadAsync(counted, 2);
        Assert.Equal("1 system=shelf feed=counted items change=new", Assert.Single(measured, line => line.Contains("counted items", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Warnings(Shelf shelf) => shelf.Engine.Logs.Lines.Where(line => line.StartsWith($"Warning {typeof(SchemaWatch).FullName}", StringComparison.Ordinal));

    private Task AnswerAsync(HttpContext context)
    {
        var answer = Interlocked.Increment(ref _answers);
        return context.Response.WriteAsJsonAsync(new JsonObject { ["items"] = new JsonArray([.. Enumerable.Range(0, 5).Select(number => Item(answer, number))]) });
    }

    private JsonObject Item(int answer, int number)
    {
        var item = Shelf.Item($"{answer}-{number}", $"10:{answer:00}:00");
        if (_hasColour) item["colour"] = "red";
        return item;
    }
}
