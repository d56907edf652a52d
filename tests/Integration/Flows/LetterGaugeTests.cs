using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>What an alarm can be made of.</summary>
public sealed class LetterGaugeTests
{
    [Fact]
    public async Task Open_letters_are_measured_by_reason_and_those_of_a_quiet_group_apart()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        foreach (var number in Enumerable.Range(1, 7)) await pipeline.Outsider.Publish(Exchanges.UserMapped, $$"""{"none":{{number}}}""");
        await pipeline.DeadLetters(7);
        var measured = new ConcurrentQueue<(long Value, object? Quiet)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "pipeline.dead_letters.open") listener.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => measured.Enqueue((value, tags.ToArray().Single(tag => tag.Key == "quiet").Value)));
        listener.Start();
        await Measured(false);

        var group = Assert.Single(await pipeline.Get<IReadOnlyList<DeadLetterGroup>>("/api/dead-letters/groups"));
        await pipeline.Put($"/api/dead-letters/groups/{group.Key}", JsonSerializer.Serialize(new TriageOrder("known", null, "a test", null, Quiet: true, "ada"), PipelineJson.Report.TriageOrder));
        await Measured(true);

        Task Measured(bool quiet) => Eventually($"seven are measured, quiet {quiet}", () =>
        {
            measured.Clear();
            listener.RecordObservableInstruments();
            return Task.FromResult(measured.ToList());
        }, all => all.Any(one => one.Value == 7 && Equals(one.Quiet, quiet)));
    }
}
