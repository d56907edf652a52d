using System.Text.Json;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Rules;
using Pipeline.Hosting.Storage;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>Finds the accounts that evidence concerns, and gathers cases. A link counts from whichever side says it.</summary>
internal static class CaseQuery
{
    private const string Concerned =
        """
        select distinct e.record_key, r.account_id
        from unnest($1) e (record_key)
        cross join lateral (
            select target_key as record_key from record_links l where l.record_key = e.record_key
            union
            select l.record_key from record_links l where l.target_key = e.record_key) linked
        join records r on r.record_key = linked.record_key and r.source = $2 and r.account_id is not null
        """;

    private const string Records =
        "select record_key, account_id, native_id, name, join_date, fields::text from records where source = $2 and account_key = any($1) and not deleted order by account_id, native_id";

    /// <summary>Everything that a record is linked with, from either side: its ids in other systems, and what is known of it there.</summary>
    private const string Linked =
        """
        select distinct linked.sor_key, linked.system, linked.native_id, e.fields::text, coalesce(e.deleted, false)
        from unnest($1) r (record_key)
        cross join lateral (
            select l.record_key as sor_key, l.target_key as other_key, l.target_system as system, l.target_native_id as native_id from record_links l where l.record_key = r.record_key
            union
            select l.target_key, l.record_key, o.source, o.native_id from record_links l join records o on o.record_key = l.record_key where l.target_key = r.record_key) linked
        left join records e on e.record_key = linked.other_key
        order by 1, 2, 3
        """;

    /// <summary>Adds the accounts whose records are linked with this evidence, each with the trace of the evidence.</summary>
    public static async Task ConcernedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<AccountRecord> evidence, Dictionary<string, string?> concerned, string systemOfRecord, CancellationToken cancellation)
    {
        if (evidence.Count == 0) return;
        var traces = evidence.ToDictionary(record => record.Key, record => record.TraceParent);
        await using var command = new NpgsqlCommand(Concerned, connection, transaction) { Parameters = { new() { Value = traces.Keys.ToArray() }, new() { Value = systemOfRecord } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) concerned.TryAdd(rows.GetString(1), traces[rows.GetGuid(0)]);
    }

    /// <summary>The case of each account as things stand, with the next number.</summary>
    public static async Task<IReadOnlyList<AccountCase>> GatherAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<string> accountIds, RuleSet rules, CancellationToken cancellation)
    {
        if (accountIds.Count == 0) return [];
        await using var next = new NpgsqlCommand("select nextval('case_numbers')", connection, transaction);
        var number = (long)(await next.ExecuteScalarAsync(cancellation))!;
        return [.. (await FactsAsync(connection, transaction, accountIds, rules.SystemOfRecord, cancellation)).Select(found => found with { Number = number, RulesVersion = rules.Version })];
    }

    /// <summary>The case of each account as things stand, to be looked at only.</summary>
    public static async Task<IReadOnlyList<AccountCase>> FactsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<string> accountIds, string systemOfRecord, CancellationToken cancellation)
    {
        var records = new List<(Guid Key, string AccountId, SorRecord Record)>();
        await using (var command = new NpgsqlCommand(Records, connection, transaction)
            { Parameters = { new() { Value = accountIds.Select(AccountSaga.IdOf).ToArray() }, new() { Value = systemOfRecord } } })
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation))
                records.Add((rows.GetGuid(0), rows.GetString(1), new SorRecord(
                    rows.GetString(2), rows.TextOrNull(3), rows.TimeOrNull(4), Fields(rows.GetString(5)), [])));

        var linked = await LinkedAsync(connection, transaction, [.. records.Select(record => record.Key)], cancellation);
        var byAccount = records.ToLookup(record => record.AccountId);
        return [.. accountIds.Select(accountId => new AccountCase(
            accountId, 0, 0,
            [.. byAccount[accountId].Select(found => found.Record with { Links = [.. linked[found.Key].Select(other => other.Link)] })],
            [.. byAccount[accountId].SelectMany(found => linked[found.Key].Where(other => other.Fields is not null)
                .Select(other => new EvidenceRecord(other.Link.System, other.Link.NativeId, found.Record.NativeId, other.Fields!)))]))];
    }

    private static async Task<ILookup<Guid, (Link Link, Dictionary<string, JsonElement>? Fields)>> LinkedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] keys, CancellationToken cancellation)
    {
        var found = new List<(Guid Key, Link Link, Dictionary<string, JsonElement>? Fields)>();
        await using var command = new NpgsqlCommand(Linked, connection, transaction) { Parameters = { new() { Value = keys } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            if (!rows.GetBoolean(4)) // a record that was deleted there is no evidence and no link
                found.Add((rows.GetGuid(0), new Link(rows.GetString(1), rows.GetString(2)), rows.IsDBNull(3) ? null : Fields(rows.GetString(3))));
        return found.ToLookup(row => row.Key, row => (row.Link, row.Fields));
    }

    private static Dictionary<string, JsonElement> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? [];
}
