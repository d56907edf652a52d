using Pipeline.Contracts;
using Pipeline.Integration.Tests.Flows;
using Pipeline.TestKit;
using Pipeline.TestKit.Otlp;
using RabbitMQ.Client;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>The story of one late child, as it is exported: what an engineer sees in Jaeger.</summary>
public sealed class LateChildStoryTests
{
    private const string ChildTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string AccountTrace = "1bf7651916cd43dd8448eb211c80319d";

    private static readonly string[] Watched =
    [
        "pipeline.received", "pipeline.accepted", "pipeline.parked.count", "pipeline.parked.oldest_age", "pipeline.parked.waited",
        "pipeline.dead_lettered", "pipeline.decision.duration", "pipeline.admissions", "pipeline.account_records.received",
    ];

    [Fact]
    public async Task The_traces_of_a_late_child_tell_that_it_was_parked_why_it_was_released_and_how_long_it_waited()
    {
        await using var world = await World.New();
        await using var collector = await Collector.Start();
        (string, string)[] telemetry = [("PIPELINE_OTLP", collector.Address.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "200")];
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, telemetry);
        await using var systemOfRecord = await ServiceProcess.Start("SystemOfRecord", world, [.. telemetry, ("Rules__File", RulesFileOf.All("crm"))]);

        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Bodies.Child("1", "\"account_id\":\"A\""), properties: In(ChildTrace));
        var parked = await Span(collector, "the child is parked", span => span.Name == "decide child" && span.Tags["pipeline.outcome"] == "parked");
        await world.Outsider.Publish(Exchanges.AccountDiscovered, Bodies.Record("A", "001"), properties: In(AccountTrace));
        var released = await Span(collector, "the child is released", span => span.Name == "release child");

        // The publisher's own trace goes on in the gatekeeper.
        Assert.Equal((ChildTrace, "gatekeeper", "account_id A"), (parked.TraceId, parked.Service, parked.Tags["pipeline.waits_for"]));
        Assert.Equal("b7ad6b7169203331", parked.ParentId);

        // One trace from the record through the saga to the gatekeeper.
        await InStory("the record is kept", span => span is { Service: "system-of-record", Name: "record account" });
        await InStory("the saga takes it", span => span.Service == "system-of-record" && span.Name.EndsWith(" process", StringComparison.Ordinal));
        await InStory("the gatekeeper hears of it", span => span is { Service: "gatekeeper", Name: "take evidence" } && span.Tags["pipeline.account_id"] == "A");

        // The release is a trace of its own, linked to the one in which the child was parked.
        Assert.DoesNotContain(released.TraceId, new[] { ChildTrace, AccountTrace });
        Assert.Equal("", released.ParentId);
        Assert.Equal($"{parked.TraceId}-{parked.SpanId}", Assert.Single(released.Links));
        Assert.Equal(("accepted", "evidence", "1"), (released.Tags["pipeline.outcome"], released.Tags["pipeline.trigger"], released.Tags["pipeline.native_id"]));
        Assert.True(long.Parse(released.Tags["pipeline.waited_ms"], System.Globalization.CultureInfo.InvariantCulture) > 0);

        // And what an operator watches. The dead letter makes the metric that counts them by reason appear.
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, "{}");
        await Eventually("every metric has come", () => Task.FromResult(Watched.Except(collector.Metrics)), missing => !missing.Any());

        // Each service sends its spans when it likes.
        Task<TracedSpan> InStory(string what, Func<TracedSpan, bool> condition) => Span(collector, what, span => span.TraceId == AccountTrace && condition(span));
    }

    private static BasicProperties In(string trace) => new() { Headers = new Dictionary<string, object?> { ["traceparent"] = $"00-{trace}-b7ad6b7169203331-01" } };

    private static async Task<TracedSpan> Span(Collector collector, string what, Func<TracedSpan, bool> condition) =>
        (await Eventually(what, () => Task.FromResult(collector.Spans.FirstOrDefault(condition)), span => span is not null))!;
}
