using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Bindings;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Broker;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>
/// Law 6: no order of the steps of "park" and "admit" strands a child. Every order in which their steps can come is driven on
/// two real connections; a step that must wait for the other side is left waiting, as it would be in life.
/// </summary>
public sealed class ParkAgainstAdmitTests
{
    private static readonly PlanWriter Writer = new(Deadlines.From(new ConfigurationBuilder().Build()), ChildKinds.Default, TimeProvider.System);
    private static readonly ReleasePages Pages = new(new Reconsideration(Writer), new LateAnswerReview(TimeProvider.System), ChildKinds.Default);

    /// <param name="atOnce">Whether the children are let in by the transaction that admits, or after it.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_interleaving_of_parking_and_admitting_strands_a_child(bool atOnce)
    {
        await using var world = await World.New();
        await using var database = await GatekeeperTables.MakeAsync(world);
        var orders = Orders(parking: 4, admitting: 4).ToList();
        Assert.Equal(70, orders.Count);
        for (var number = 0; number < orders.Count; number++)
            Assert.True(await IsAccepted(database, $"A{number}", orders[number], throughParent: false, atOnce), $"stranded by the order {orders[number]}");
    }

    [Fact]
    public async Task Nor_does_any_interleaving_of_parking_and_binding_the_parent()
    {
        await using var world = await World.New();
        await using var database = await GatekeeperTables.MakeAsync(world);
        var orders = Orders(parking: 4, admitting: 4).ToList();
        for (var number = 0; number < orders.Count; number++)
            Assert.True(await IsAccepted(database, $"A{number}", orders[number], throughParent: true, atOnce: true), $"stranded by the order {orders[number]}");
    }

    /// <summary>Plays one order of steps; p is the next step of parking, a the next of admitting. Then releases what there is to release.</summary>
    private static async Task<bool> IsAccepted(NpgsqlDataSource database, string account, string order, bool throughParent, bool atOnce)
    {
        if (throughParent) await Admit(database, Standing(account));
        await using var parking = new Steps(database, Park(Child(account, throughParent)));
        await using var admitting = new Steps(database, Admitting(throughParent ? Binding(account) : Standing(account), atOnce));
        foreach (var step in order) await (step == 'p' ? parking : admitting).Next();
        await Task.WhenAll(parking.End(), admitting.End());
        await Release(database);

        await using var command = database.CreateCommand("select count(*) from objects where account_id = $1");
        command.Parameters.Add(new() { Value = account });
        return (long)(await command.ExecuteScalarAsync())! == 1;
    }

    private static IEnumerable<Func<NpgsqlConnection, State, Task>> Park(Child child)
    {
        yield return async (connection, state) => state.Transaction = await connection.BeginTransactionAsync();
        yield return async (connection, state) =>
        {
            var plan = new Plan(await KnowledgeReader.ReadAsync(connection, state.Transaction!, [child], [], false, default));
            plan.Arrive(child);
            state.Plan = plan;
        };
        yield return (connection, state) => Writer.WriteAsync(connection, state.Transaction!, state.Plan!, default);
        yield return (_, state) => state.Transaction!.CommitAsync();
    }

    private static IEnumerable<Func<NpgsqlConnection, State, Task>> Admitting(Evidence evidence, bool atOnce)
    {
        yield return async (connection, state) => state.Transaction = await connection.BeginTransactionAsync();
        yield return (connection, state) => new EvidenceWriter().WriteAsync(connection, state.Transaction!, [evidence], default);
        yield return (connection, state) => atOnce ? Pages.WorkOffFewAsync(connection, state.Transaction!, default) : Task.CompletedTask; // decided, and not yet committed
        yield return (_, state) => state.Transaction!.CommitAsync();
    }

    private static async Task Admit(NpgsqlDataSource database, Evidence evidence)
    {
        await using var steps = new Steps(database, Admitting(evidence, atOnce: false));
        await steps.End();
    }

    /// <summary>What the releaser does, once: every key that has children to release, in one transaction.</summary>
    private static async Task Release(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var keys = new NpgsqlCommand("delete from releases returning claim_key", connection, transaction);
        var released = new List<Guid>();
        await using (var rows = await keys.ExecuteReaderAsync())
            while (await rows.ReadAsync()) released.Add(rows.GetGuid(0));
        foreach (var key in released)
        {
            var page = Walk.Waiting.Page([new PendingRelease(default, key, null, null, new Concerned(1))], PagePlace.Start, 10);
            var versions = await StoredVersions.ReadAsync(connection, transaction, page, ChildKinds.Default, default);
            await new Reconsideration(Writer).DecideAsync(connection, transaction, versions.StillThere(), expiring: false, "test", default);
        }

        await transaction.CommitAsync();
    }

    private static Child Child(string account, bool throughParent)
    {
        var claim = throughParent ? $"\"parent_id\":\"P-{account}\"" : $"\"account_id\":\"{account}\"";
        var body = Encoding.UTF8.GetBytes($$"""{"source":"desk","object_type":"ticket","native_id":"{{account}}","observed_at":"2026-01-01T00:00:00Z",{{claim}}}""");
        return Pipeline.Gatekeeper.Deciding.Child.Read(body, null, null, ChildKinds.Default).Message!;
    }

    private static Evidence Standing(string account) => Read(Exchanges.AccountAdmitted,
        $$"""{"account_id":"{{account}}","revision":1,"source":"crm","native_id":"N-{{account}}","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");

    private static Evidence Binding(string account) => Read(Exchanges.AccountDiscovered,
        $$"""{"source":"desk","native_id":"P-{{account}}","account_id":"{{account}}","observed_at":"2026-01-01T00:00:00Z"}""");

    private static Evidence Read(string exchange, string body) =>
        EvidenceReader.Read(new Delivery { Tag = 1, Queue = "", Exchange = exchange, Body = Encoding.UTF8.GetBytes(body) }).Message!;

    /// <summary>Every order of so many steps of the one and so many of the other.</summary>
    private static IEnumerable<string> Orders(int parking, int admitting) =>
        parking == 0 ? [new string('a', admitting)]
        : admitting == 0 ? [new string('p', parking)]
        : Orders(parking - 1, admitting).Select(rest => 'p' + rest).Concat(Orders(parking, admitting - 1).Select(rest => 'a' + rest));

    private sealed class State
    {
        public NpgsqlTransaction? Transaction { get; set; }

        public Plan? Plan { get; set; }
    }

    /// <summary>A transaction that is done step by step: each step begins when the one before has ended, and may have to wait for a lock.</summary>
    private sealed class Steps(NpgsqlDataSource database, IEnumerable<Func<NpgsqlConnection, State, Task>> steps) : IAsyncDisposable
    {
        private readonly Queue<Func<NpgsqlConnection, State, Task>> _steps = new(steps);
        private readonly State _state = new();
        private NpgsqlConnection? _connection;
        private Task _last = Task.CompletedTask;

        /// <summary>Until the step is done, or waits for the other side.</summary>
        public async Task Next()
        {
            _connection ??= await database.OpenConnectionAsync();
            _last = After(_last, _steps.Dequeue());
            await IsDoneOrWaits(_connection.ProcessID).WaitAsync(TimeSpan.FromSeconds(20));
        }

        private async Task IsDoneOrWaits(int process)
        {
            await using var watching = await database.OpenConnectionAsync();
            await using var waits = new NpgsqlCommand("select exists (select from pg_locks where pid = $1 and not granted)", watching) { Parameters = { new() { Value = process } } };
            while (!_last.IsCompleted && await waits.ExecuteScalarAsync() is not true) await Task.WhenAny(_last, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        public async Task End()
        {
            while (_steps.Count > 0) await Next();
            await _last.WaitAsync(TimeSpan.FromSeconds(20));
        }

        public async ValueTask DisposeAsync()
        {
            if (_connection is not null) await _connection.DisposeAsync();
        }

        private async Task After(Task before, Func<NpgsqlConnection, State, Task> step)
        {
            await before;
            await step(_connection!, _state);
        }
    }
}
