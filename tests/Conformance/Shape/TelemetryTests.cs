using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

public sealed class TelemetryTests
{
    private readonly Feed _feed = new()
    {
        Name = "watched items",
        First = _ => new("/items"),
        Read = answer => new Page(answer.Body.List("items"), null, null),
        Map = Shelf.Map,
    };

    [Fact]
    public async Task Messages_are_published_inside_the_span_of_their_poll()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Pipeline.Connectors", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        await shelf.ReadAsync(_feed with { Name = "traced items" }, 1); // measurements are seen by every test: each has a feed of its own
        Assert.Equal("poll shelf traced items", Assert.Single(shelf.Engine.Recorder.PublishedIn.Distinct()));
    }

    [Fact]
    public async Task Records_requests_and_waits_are_measured()
    {
        var measured = new ConcurrentQueue<string>();
        using var meters = Listen(measured);
        var refused = false;
        await using var busy = await Shelf.OpenAsync(context =>
        {
            if (refused) return AnswerAsync(context);
            (refused, context.Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });
        await busy.ReadAsync(_feed, 1);

        string[] expected =
        [
            "pipeline.connectors.pace.waits 7 feed=watched items", "pipeline.connectors.records.published 2 feed=watched items",
            "pipeline.connectors.records.read 3 feed=watched items", "pipeline.connectors.records.unmappable 1 feed=watched items",
        ];
        Assert.Equal(expected, measured.Where(line => line.EndsWith("watched items", StringComparison.Ordinal)).Order());
        Assert.Contains("pipeline.connectors.requests 1 status=429", measured);
        Assert.Contains("pipeline.connectors.requests 1 status=200", measured);
    }

    [Fact]
    public async Task Waits_that_spread_what_is_left_of_a_limit_are_measured_as_well()
    {
        var measured = new ConcurrentQueue<string>();
        using var meters = Listen(measured);
        await using var scarce = await Shelf.OpenAsync(context =>
        {
            context.Response.Headers["RateLimit-Remaining"] = "2";
            context.Response.Headers["RateLimit-Reset"] = "200";
            return AnswerAsync(context);
        });
        await scarce.ReadAsync(_feed with { Name = "scarce items" }, 2);
        var waits = measured.Where(line => line.StartsWith("pipeline.connectors.pace.waits", StringComparison.Ordinal) && line.EndsWith("=scarce items", StringComparison.Ordinal));
        Assert.InRange(waits.Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)), 1, 101);
    }

    private static Task AnswerAsync(HttpContext context) => context.Response.WriteAsJsonAsync(new JsonObject
    {
        ["items"] = new JsonArray(Shelf.Item("a", "10:00:00"), Shelf.Item("b", "10:00:00"), new JsonObject { ["id"] = "no time" }),
    });

    private static MeterListener Listen(ConcurrentQueue<string> measured)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "Pipeline.Connectors") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value} {tags[1].Key}={tags[1].Value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value} {tags[1].Key}={tags[1].Value}"));
        listener.Start();
        return listener;
    }
}
