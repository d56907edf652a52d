using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Gatekeeper.Operations;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Storage;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>The plans by which keys are looked up do not change with the size of the tables: no table that grows is ever read whole.</summary>
public sealed class PlansAtScaleTests
{
    /// <summary>Rows as large as real ones: a planner that sees small rows prefers to read them all.</summary>
    private const string Fill =
        """
        create function pg_temp.key(kind text, number bigint) returns uuid language sql immutable as $$ select md5(kind || number)::uuid $$;
        insert into accounts (account_key, account_id, standing, revision, source) select pg_temp.key('account', n), 'Account-' || n, 'admitted', 1, 'crm' from generate_series(1, 100000) n;
        insert into account_spellings select account_key, pg_temp.key('fold', row_number() over ()), account_id, true from accounts;
        insert into account_spellings select pg_temp.key('strange', n), pg_temp.key('fold', n * 50), 'account-' || n, false from generate_series(1, 2000) n;
        insert into bindings select pg_temp.key('claim', n), pg_temp.key('origin', n), pg_temp.key('account', n % 100000), 'Account-' || n % 100000, 'desk', 'parent', 'desk', 'org-' || n, pg_temp.key('fold', n) from generate_series(1, 200000) n;
        insert into user_links (claim_key, origin_key, valid_from, tie, of_table, account_key, account_id, source, user_id, fold_key)
            select pg_temp.key('user', n), pg_temp.key('origin', n), now(), pg_temp.key('tie', n), true, pg_temp.key('account', n), 'Account-' || n, '', 'user-' || n, pg_temp.key('userfold', n) from generate_series(1, 50000) n;
        insert into corrections (correction_id, claim_key, source, kind, system, value, account_key, account_id, author, reason)
            select pg_temp.key('correction', n), pg_temp.key('missing', n), 'desk', 'account_id', '', 'x', pg_temp.key('account', n), 'Account-' || n, 'a', 'b' from generate_series(1, 1000) n;
        insert into parked (object_key, claim_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, claim_value, why, body, parked_at, deadline)
            select pg_temp.key('parked', n), pg_temp.key('missing', n % 20000), pg_temp.key('missing', n % 20000), 'desk', 'ticket', n::text, now(), pg_temp.key('tie', n), 'account_id', 'x', 'unanswered', decode(repeat('ab', 700), 'hex'), now(), now()
            from generate_series(1, 150000) n;
        insert into dead (dead_letter_id, stream, source, waits_for, claim_kind, claim_value, reason, detail)
            select pg_temp.key('dead', n), 'child-object-received', 'desk', pg_temp.key('missing', n % 30000), 'account_id', 'x', 'account_never_appeared', repeat('d', 200) from generate_series(1, 30000) n;
        insert into late_answers (dead_letter_id, claim_key, claim_kind, claim_system, claim_value, source, observed_at, waits_for)
            select pg_temp.key('dead', n), pg_temp.key('missing', n % 30000), 'account_id', '', 'x', 'desk', now(), pg_temp.key(case when n % 3 = 0 then 'account' else 'missing' end, n % 30000) from generate_series(1, 200000) n;
        insert into objects (object_key, claim_key, source, object_type, native_id, observed_at, tie, account_key, account_id, claim_kind, claim_value, deleted, body)
            select pg_temp.key('object', n), pg_temp.key('claim', n), 'desk', 'ticket', n::text, now(), pg_temp.key('tie', n), pg_temp.key('account', n % 100000), 'Account-' || n % 100000, 'parent', 'org-' || n, false, decode(repeat('ab', 700), 'hex')
            from generate_series(1, 100000) n;
        """;

    [Fact]
    public async Task Claims_spellings_and_the_board_are_found_by_their_indexes()
    {
        await using var world = await World.New();
        await using var app = world.Gatekeeper();
        await app.StartAsync(); // makes the tables
        await app.StopAsync();
        var database = app.Services.GetRequiredService<NpgsqlDataSource>(); // for its settings are part of the plans
        await Execute(database, Fill);
        foreach (var table in (string[])["accounts", "account_spellings", "bindings", "user_links", "corrections", "parked", "dead", "late_answers", "objects"]) await Execute(database, $"vacuum (analyze) {table}");

        foreach (var (name, sql) in new[] { ("bindings", AnswersReader.Bindings), ("users", AnswersReader.Users), ("corrections", AnswersReader.Corrections), ("standings", AnswersReader.Standings), ("corrections of accounts", AnswersReader.CorrectionsOfAccounts), ("standings of accounts", AnswersReader.StandingsOfAccounts) })
            AssertNoWholeTable(name, await Plan(database, sql, Keys("claim")));
        AssertNoWholeTable("near misses", await Plan(database, NearMissQuery.Known, Keys("fold")));
        AssertNoWholeTable("who waits", await Plan(database, NearMissQuery.Waiting, Keys("missing")));
        AssertNoWholeTable("accounts near by", await Plan(database, StrangeAccounts.Near));
        var board = await Plan(database, ParkedQuery.Ranked, 20);
        AssertNoWholeTable("the board", board);
        Assert.All(board.Where(node => node.Table == "parked"), node => Assert.Equal("Index Only Scan", node.Kind));
        AssertNoWholeTable("the board's lines", await Plan(database, ParkedQuery.Details, Keys("missing")));
        Assert.Equal(["Index Scan"], (await Plan(database, ParkedGauge.Look)).Where(node => node.Table == "parked").Select(node => node.Kind)); // every ten seconds: nothing is counted
        Assert.Contains("Index Cond", await PlanText(database, StoredVersions.Overdue, 500), StringComparison.Ordinal); // not each deadline looked at to find that none has passed
        foreach (var walk in (Walk[])[Walk.Waiting, Walk.WaitingElsewhere])
            AssertNoWholeTable("a page of a release", await Plan(database, walk.Sql, Keys("missing"), PagePlace.Start.At, Guid.Empty, Guid.Empty, 1000));
        AssertNoWholeTable("the dead that a key concerns", await Plan(database, LateAnswerReview.Page, Keys("missing"), Guid.Empty, 1000));
        AssertNoWholeTable("an account's objects", await Plan(database, AccountObjectsQuery.Newest, Keys("account")[0], 100));
        AssertNoWholeTable("children stored", await Plan(database, ChildrenQuery.Stored, Keys("account")));
    }

    private static Guid[] Keys(string kind) => [.. Enumerable.Range(1, 500).Select(number => new Guid(Convert.FromHexString(Md5($"{kind}{number * 7}")), bigEndian: true))];

#pragma warning disable CA5351 // the same function as the filling's, not for secrecy
    private static string Md5(string text) => Convert.ToHexString(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static void AssertNoWholeTable(string what, IReadOnlyList<(string Kind, string? Table)> plan)
    {
        Assert.Contains(plan, node => node.Table is not null);
        Assert.True(plan.All(node => node.Kind != "Seq Scan" || node.Table == "corrections"), $"{what} reads {string.Join(", ", plan.Where(node => node.Kind == "Seq Scan").Select(node => node.Table))} whole");
    }

    private static async Task<IReadOnlyList<(string Kind, string? Table)>> Plan(NpgsqlDataSource database, string sql, params object[] parameters)
    {
        using var plan = JsonDocument.Parse(await PlanText(database, sql, parameters));
        return [.. Nodes(plan.RootElement[0].GetProperty("Plan"))];
    }

    private static async Task<string> PlanText(NpgsqlDataSource database, string sql, params object[] parameters)
    {
        await using var command = database.CreateCommand($"explain (format json) {sql}");
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static IEnumerable<(string, string?)> Nodes(JsonElement node)
    {
        yield return (node.GetProperty("Node Type").GetString()!, node.TryGetProperty("Relation Name", out var table) ? table.GetString() : null);
        if (!node.TryGetProperty("Plans", out var parts)) yield break;
        foreach (var part in parts.EnumerateArray())
            foreach (var found in Nodes(part)) yield return found;
    }

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 600; // the filling, on a machine that does other things too
        await command.ExecuteNonQueryAsync();
    }
}
