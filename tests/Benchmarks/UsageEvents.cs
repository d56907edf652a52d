using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pipeline.Contracts;
using Pipeline.TestKit;
using static Pipeline.Benchmarks.Running;

namespace Pipeline.Benchmarks;

/// <summary>What a flood of usage events costs the others. Everything is published before the clock starts.</summary>
internal static class UsageEvents
{
    private const string Events = "select coalesce(sum(accepted), 0)::bigint from gatekeeper.event_counts";

    public static async Task MeasureAsync(int events)
    {
        var children = Math.Max(100, events / 100);
        Console.WriteLine($"{children:N0} children beside {events:N0} usage events");
        await OneAsync("U0 the children alone", children, 0, Exchanges.UsageEventReceived);
        await OneAsync("U1 beside events in their own queue", children, events, Exchanges.UsageEventReceived);
        await OneAsync("U2 behind events in the common queue", children, events, Exchanges.ChildObjectReceived);
    }

    private static async Task OneAsync(string what, int children, int events, string exchange)
    {
        await using var world = await World.New();
        await using (var seeding = await Start(world))
        {
            await world.Outsider.Publish(Exchanges.AccountAdmitted, new Load(1, 1).AdmissionBodies());
            await world.Outsider.Publish(Exchanges.UserMapped, $$"""{"user_id":"u","account_id":"A0","observed_at":"2026-01-01T00:00:00Z"}""");
            await Until(world, "select count(*) from gatekeeper.bindings where value = 'u'", 1);
        }

        await world.Outsider.Publish(exchange, Enumerable.Range(0, events).Select(Event));
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, children).Select(number => Child(number)));
        var clock = Stopwatch.StartNew();
        await using var gatekeeper = await Start(world);
        await Until(world, "select count(*) from gatekeeper.objects", children);
        var (seconds, decided) = (clock.Elapsed.TotalSeconds, await world.Number(Events));
        await Until(world, Events, events);
        Console.WriteLine($"{what}: the children are in after {seconds:N1} s, when {decided:N0} events were; the events after {clock.Elapsed.TotalSeconds:N1} s, {events / clock.Elapsed.TotalSeconds:N0}/s");
    }

    private static byte[] Event(int number)
    {
        var at = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddMilliseconds(-number).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($$$"""{"source":"product","object_type":"usage_event","native_id":"e{{{number}}}","observed_at":"{{{at}}}","user_id":"u","data":{"feature":"report","seconds":{{{number % 600}}}}}""");
    }

    private static byte[] Child(int number) =>
        Encoding.UTF8.GetBytes($$"""{"source":"desk","object_type":"ticket","native_id":"{{number}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A0"}""");
}
