using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Gatekeeper;

public sealed class AnnouncementSweepTests
{
    [Fact]
    public async Task What_another_process_left_behind_is_swept_and_what_this_one_still_holds_is_not()
    {
        await using var world = await World.New();
        await using var app = world.Gatekeeper();
        await app.StartAsync(); // makes the tables and queues
        await app.StopAsync();
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        var heard = await world.Outsider.Listen(Contracts.Exchanges.ChildObjectAccepted);
        var (left, held) = (Announced("left"), Announced("held"));
        foreach (var announcement in (Announcement[])[held, left]) await Insert(database, announcement);
        using var relay = ActivatorUtilities.CreateInstance<AnnouncementRelay>(app.Services); // never started: it says nothing, however long it holds it
        await relay.SayAsync(held);

        using var sweep = ActivatorUtilities.CreateInstance<AnnouncementSweep>(app.Services, relay);
        await sweep.StartAsync(default);
        await Eventually("what was left behind is said", () => world.Number("select count(*) from gatekeeper.announcements"), count => count == 1);
        await sweep.StopAsync(default);

        Assert.Equal([held.Id.ToString()], await world.Texts("select id::text from gatekeeper.announcements"));
        Assert.Equal("left", Assert.Single(await world.Outsider.Take(heard)).Properties.MessageId);
    }

    [Fact]
    public async Task A_service_that_stops_while_the_broker_takes_nothing_goes_on_to_acknowledge_and_leaves_the_rest_to_the_sweep()
    {
        await using var world = await World.New();
        await using var app = world.Gatekeeper();
        using var relay = ActivatorUtilities.CreateInstance<AnnouncementRelay>(app.Services); // never started, as if the broker took nothing
        Announcement[] first = [.. Enumerable.Range(1, 4).Select(one => Announced($"announcement {one}"))];
        foreach (var announcement in first) await relay.SayAsync(announcement);

        var late = relay.SayAsync(Announced("late")).AsTask();
        Assert.False(late.IsCompleted, "There was room for more than this test says.");
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await late.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(first.Select(announcement => announcement.Id).Order(), relay.Held.Order());
    }

    private static Announcement Announced(string messageId) =>
        new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), [new Outgoing(Contracts.Exchanges.ChildObjectAccepted, "", messageId, "{}"u8.ToArray(), Outgoing.Empty)]);

    /// <summary>As if it had been decided a minute ago.</summary>
    private static async Task Insert(NpgsqlDataSource database, Announcement announcement)
    {
        await using var insert = database.CreateCommand("insert into announcements (id, messages, created_at) values ($1, $2, clock_timestamp() - interval '1 minute')");
        insert.Parameters.Add(new() { Value = announcement.Id });
        insert.Parameters.Add(new() { Value = announcement.Encode() });
        await insert.ExecuteNonQueryAsync();
    }
}
