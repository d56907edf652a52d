using Npgsql;
using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class DatabaseTests(Site site)
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_database_may_be_stopped_at_once_or_killed_and_started_again()
    {
        var random = new Random(20261201);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(30_000, 600_000), seed: 4));
        await run.Publish();
        for (var time = 1; time <= Sizes.Of(5, 50); time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 2500)), TimeProvider.System);
            await site.Database.Signal(time % 2 == 0 ? "QUIT" : "KILL"); // QUIT is an immediate stop
            await site.Database.Start();
            await site.IsWell();
            await run.Recovered($"the database's end, {time}", Allowed);
        }

        await run.EndsWell();
    }

    [Fact]
    public async Task Every_connection_may_be_ended_again_and_again()
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(Sizes.Of(60, 300));
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(60_000, 300_000), seed: 5));
        await using var database = NpgsqlDataSource.Create(site.DatabaseItself);
        await run.Publish();
        var ended = 0L;
        while (TimeProvider.System.GetUtcNow() < end)
        {
            await using (var storm = database.CreateCommand("select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'"))
                ended += (long)(await storm.ExecuteScalarAsync())!;
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
        }

        await run.Recovered($"{ended} ended connections", Allowed);
        await run.EndsWell();
    }

    [Fact]
    public async Task The_database_may_have_no_connection_left()
    {
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(15_000, 60_000), seed: 6));
        await run.Publish();
        for (var time = 1; time <= Sizes.Of(1, 10); time++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            var held = new List<NpgsqlConnection>();
            try
            {
                while (held.Count < 200)
                {
                    var connection = new NpgsqlConnection($"{site.DatabaseItself};Pooling=false");
                    held.Add(connection);
                    await connection.OpenAsync();
                }
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                // None is left for anybody; those of the services are cut, so that they want new ones.
                site.ToDatabase.Cut();
                await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
            }

            foreach (var connection in held) await connection.DisposeAsync();
            await run.Recovered($"{held.Count} connections that were held", Allowed);
        }

        await run.EndsWell();
    }
}
