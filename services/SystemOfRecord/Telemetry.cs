using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pipeline.SystemOfRecord;

/// <summary>The names under which the system of record is watched.</summary>
internal static class Telemetry
{
    public const string Name = "Pipeline.SystemOfRecord";

    public static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Received = Meter.CreateCounter<long>("pipeline.account_records.received", "{message}", "Account records received, repeats included");
    public static readonly Counter<long> Decisions = Meter.CreateCounter<long>("pipeline.admissions", "{account}", "Cases decided, by the state that the account is in afterwards");
}
