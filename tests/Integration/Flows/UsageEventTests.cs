using System.Globalization;
using System.Text;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Events;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

public sealed class UsageEventTests
{
    /// <summary>Events of long ago are let go, so they are of today.</summary>
    private static readonly string Today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task An_event_waits_for_its_user_and_is_let_in_when_the_user_table_names_the_account()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Outsider.Publish(Exchanges.UsageEventReceived, Event("e1", "u1"));
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, Event("e2", "u1")); // the other way is as good
        await Eventually("both wait", async () => (await pipeline.Ledger(received: 4)).Parked == 2);

        await pipeline.Outsider.Publish(Exchanges.UserMapped, """{"user_id":"u1","account_id":"A","observed_at":"2026-11-24T09:00:00Z"}""");

        var ledger = await Eventually("both are in", async () => await pipeline.Ledger(received: 5), ledger => ledger.Parked == 0);
        Assert.Equal(2, ledger.Sources["product"].Accepted);
        Assert.Equal(2L, await world.Number("select count(*) from gatekeeper.events"));
        Assert.Equal(0L, await world.Number("select count(*) from gatekeeper.objects"));
    }

    [Fact]
    public async Task A_repeated_event_is_a_duplicate_and_the_same_id_at_another_time_is_not()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Outsider.Publish(Exchanges.UserMapped, """{"user_id":"u1","account_id":"A","observed_at":"2026-11-24T09:00:00Z"}""");
        await pipeline.AccountIs("A", "admitted");
        string[] bodies = [Event("e1", "u1"), Event("e1", "u1"), Event("e1", "u1", minute: 7)];
        foreach (var body in bodies) await pipeline.Outsider.Publish(Exchanges.UsageEventReceived, body);

        var ledger = await pipeline.Ledger(received: 6);
        Assert.Equal((2, 1), (ledger.Sources["product"].Accepted, ledger.Sources["product"].Duplicates));
    }

    [Fact]
    public async Task A_flood_of_events_does_not_stand_in_the_way_of_the_rest()
    {
        const int Flood = 2000;
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Receivers:gatekeeper-usage-events:BatchSize=1"); // slow on purpose
        await pipeline.Account("A", "001");
        await pipeline.Outsider.Publish(Exchanges.UserMapped, """{"user_id":"u1","account_id":"A","observed_at":"2026-11-24T09:00:00Z"}""");
        await pipeline.AccountIs("A", "admitted");

        await pipeline.Outsider.Publish(Exchanges.UsageEventReceived, Enumerable.Range(0, Flood).Select(number => Encoding.UTF8.GetBytes(Event($"e{number}", "u1"))));
        await pipeline.Child("1", "\"account_id\":\"A\"");
        await pipeline.Why("1", "accepted");
        Assert.True(await world.Number("select coalesce(sum(accepted), 0)::bigint from gatekeeper.event_counts") < Flood, "The events were decided before the ticket: nothing is shown.");
        await Eventually("the events are in", async () => await world.Number("select coalesce(sum(accepted), 0)::bigint from gatekeeper.event_counts") == Flood, TimeSpan.FromMinutes(2));
        Assert.Equal(Flood, (await pipeline.Ledger(received: Flood + 4)).Sources["product"].Accepted);
    }

    [Fact]
    public async Task Days_are_made_before_they_begin_and_dropped_when_they_are_over()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Events:Retention=2.00:00:00");
        var parts = await Eventually("the days have their parts", () => Parts(world), parts => parts.Count >= 5);
        Assert.Contains(EventDays.Part(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)), parts);

        await Execute(world, "create table gatekeeper.events_20200101 (like gatekeeper.events including all); alter table gatekeeper.events attach partition gatekeeper.events_20200101 for values from ('2020-01-01Z') to ('2020-01-02Z')");
        await pipeline.DisposeAsync();
        await using var again = await RunningPipeline.Start(world, "--Events:Retention=2.00:00:00");
        await Eventually("the old day is dropped", async () => !(await Parts(world)).Contains("events_20200101"));
    }

    private static string Event(string nativeId, string user, int minute = 0) =>
        $$$"""{"source":"product","object_type":"usage_event","native_id":"{{{nativeId}}}","observed_at":"{{{Today}}}T00:{{{minute:00}}}:00Z","user_id":"{{{user}}}","data":{"feature":"report"}}""";

    private static async Task<IReadOnlyList<string>> Parts(World world)
    {
        await using var command = world.Database.CreateCommand("select array(select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'gatekeeper.events'::regclass)");
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(World world, string sql)
    {
        await using var command = world.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
