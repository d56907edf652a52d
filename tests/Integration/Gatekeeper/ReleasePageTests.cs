using System.Text;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Parking;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>
/// A release goes on until its last page, whoever takes rows away beneath it. Once it did not: a page that had lost a row to a batch was
/// shorter than a page, and so seemed to be the last (found by 15 million messages for two gatekeepers: 132,890 children were stranded).
/// </summary>
public sealed class ReleasePageTests
{
    private const int Waiting = ReleasePages.Size + 200;

    [Fact]
    public async Task A_child_that_a_batch_takes_from_the_page_does_not_end_the_release()
    {
        await using var world = await World.New();
        await using var app = world.Gatekeeper();
        await app.StartAsync();
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, Waiting).Select(number => Encoding.UTF8.GetBytes(
            $$"""{"source":"desk","object_type":"ticket","native_id":"{{number}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A"}""")));
        await Eventually("all wait", () => world.Number("select count(*) from gatekeeper.parked"), count => count == Waiting);

        await using var batch = await world.Database.OpenConnectionAsync();
        await using (var deciding = await batch.BeginTransactionAsync())
        {
            await batch.Execute("delete from gatekeeper.parked where (parked_at, object_key) = (select parked_at, object_key from gatekeeper.parked order by 1, 2 limit 1)"); // as a batch does that has a newer version of it
            await world.Outsider.Publish(Exchanges.AccountAdmitted, """{"account_id":"A","revision":1,"source":"crm","native_id":"1","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");
            await IsWaitedFor(world);
            await deciding.CommitAsync();
        }

        await Eventually("nobody waits", () => world.Number("select count(*) from gatekeeper.parked"), count => count == 0);
        Assert.Equal(Waiting - 1, await world.Number("select count(*) from gatekeeper.objects"));
        await app.StopAsync();
    }

    [Fact]
    public async Task Nor_does_one_of_the_dead_that_comes_to_life_end_what_the_office_is_told_of()
    {
        await using var world = await World.New();
        await using var database = await GatekeeperTables.MakeAsync(world);
        await using var batch = await database.OpenConnectionAsync();
        var key = ClaimKey.Of(AccountId.Of("A"));
        await batch.Execute($"""
            insert into late_answers (dead_letter_id, claim_key, claim_kind, claim_system, claim_value, source, observed_at, waits_for)
            select lpad(n::text, 32, '0')::uuid, '{key.Id}', 'account_id', '', 'A', 'desk', now(), '{key.Id}' from generate_series(1, {Waiting}) n
            """);
        await using var deciding = await batch.BeginTransactionAsync();
        await batch.Execute("delete from late_answers where dead_letter_id = lpad('1', 32, '0')::uuid");

        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var reviewing = new LateAnswerReview(TimeProvider.System).PageAsync(connection, transaction, [new PendingRelease(default, key.Id, null, null, new Concerned(0, GivenUp: true))], Guid.Empty, ReleasePages.Size, default);
        await IsWaitedFor(world);
        await deciding.CommitAsync();

        var page = await reviewing;
        Assert.Equal(ReleasePages.Size, page.Size); // and so there is another one
        Assert.Equal(Guid.Parse(ReleasePages.Size.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(32, '0')), page.Last);
    }

    private static Task IsWaitedFor(World world) => Eventually(
        "somebody waits for the row", () => world.Number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'transactionid' and datname = current_database()"), count => count > 0);
}
