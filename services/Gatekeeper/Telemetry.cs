using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pipeline.Gatekeeper;

/// <summary>The names under which the gatekeeper is watched.</summary>
internal static class Telemetry
{
    public const string Name = "Pipeline.Gatekeeper";

    public static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Received = Meter.CreateCounter<long>("pipeline.received", "{message}", "Messages received, repeats included");
    public static readonly Counter<long> Accepted = Meter.CreateCounter<long>("pipeline.accepted", "{object}", "Child objects let in, at once or after waiting");
    public static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("pipeline.dead_lettered", "{message}", "Messages given up, by reason");
    public static readonly Histogram<double> DecisionSeconds = Meter.CreateHistogram<double>("pipeline.decision.duration", "s", "From a batch handed over by the broker to its commit");
    public static readonly Histogram<double> WaitedSeconds = Meter.CreateHistogram<double>("pipeline.parked.waited", "s", "How long a released child had waited");

    public static void Gauges(Func<(long Count, double OldestSeconds)> parked)
    {
        Meter.CreateObservableGauge("pipeline.parked.count", () => parked().Count, "{object}", "Child objects that wait now");
        Meter.CreateObservableGauge("pipeline.parked.oldest_age", () => parked().OldestSeconds, "s", "How long the one has waited whose time is up first: the oldest, where all have the same time");
    }
}
