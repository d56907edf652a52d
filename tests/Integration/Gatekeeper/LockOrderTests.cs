using Npgsql;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Parking;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Gatekeeper;

public sealed class LockOrderTests
{
    private const string Park = """
        insert into parked (object_key, claim_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, claim_value, why, body, parked_at, deadline)
        select lpad(n::text, 32, '0')::uuid, lpad('7', 32, '0')::uuid, lpad('7', 32, '0')::uuid, 'desk', 'ticket', n::text, clock_timestamp(), lpad('1', 32, '0')::uuid, 'account_id', 'A', 'unanswered',
            convert_to(format('{"source":"desk","object_type":"ticket","native_id":"%s","observed_at":"2026-01-01T00:00:00Z","account_id":"A"}', n), 'utf8'), clock_timestamp() - n * interval '1 minute', clock_timestamp() + interval '1 day'
        from generate_series(1, 3) n
        """;

    [Fact]
    public async Task A_release_and_a_batch_that_want_the_same_children_never_wait_for_each_other_and_the_oldest_is_let_in_first()
    {
        await using var world = await World.New();
        await using var database = await GatekeeperTables.MakeAsync(world);
        await using var batch = await database.OpenConnectionAsync();
        await batch.Execute(Park); // the last by its key is the oldest
        await using var release = await database.OpenConnectionAsync();
        await using var deciding = await batch.BeginTransactionAsync();
        await using var releasing = await release.BeginTransactionAsync();

        await batch.Execute("delete from parked where native_id = '1'"); // as a batch does: in the order of the keys
        var read = Page(release, releasing);
        await Waiting.Eventually("the release waits for the batch", () => world.Number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"), count => count == 1);
        await batch.Execute("delete from parked where native_id = '2'"); // a release that held this one would wait for ever
        await deciding.CommitAsync();

        Assert.Equal(["3"], await read);
        await releasing.RollbackAsync();
        await batch.Execute("delete from parked");
        await batch.Execute(Park);
        await using var again = await release.BeginTransactionAsync();
        Assert.Equal(["3", "2", "1"], await Page(release, again));
    }

    /// <summary>The native ids of a page of what waits for the key.</summary>
    private static async Task<IEnumerable<string>> Page(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var page = Walk.Waiting.Page([new PendingRelease(Guid.Empty, new Guid("00000000-0000-0000-0000-000000000007"), null, null, new Concerned(3))], PagePlace.Start, 1000);
        return Walk.Waiting.InOrder(await StoredVersions.ReadAsync(connection, transaction, page, ChildKinds.Default, default)).StillThere().Select(version => version.Child.NativeId);
    }
}
