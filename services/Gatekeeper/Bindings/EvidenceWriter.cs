using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Ledger;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>Writes evidence as sets, alone behind the gate, and leaves work for the releaser where children wait for what has changed.</summary>
public sealed class EvidenceWriter(TimeProvider time)
{
    /// <returns>How many keys have children to release.</returns>
    public async Task<int> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Evidence> evidence, CancellationToken cancellation)
    {
        var (known, boundBefore) = await ReadAsync(connection, transaction, evidence, cancellation);
        var news = evidence.GroupBy(said => said.OriginKey).Select(origin => origin.Aggregate((a, b) => b.IsNewerThan(a.Version, a.Tie) ? b : a))
            .Where(said => !known.TryGetValue(said.OriginKey, out var before) || said.IsNewerThan(before.Version, before.Tie)).ToList();

        await using var batch = new NpgsqlBatch(connection, transaction);
        LedgerTable.Add(batch, UserTable(evidence, known), time);
        if (news.Count == 0)
        {
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
            return 0;
        }

        Replace(batch, news);
        Stand(batch, [.. news.Where(said => said.Standing is not null)]);
        Release(batch, news, boundBefore);
        await batch.ExecuteNonQueryAsync(cancellation);
        return (int)batch.BatchCommands[^1].RecordsAffected;
    }

    private static async Task<(Dictionary<Guid, (long Version, Guid Tie)> Known, ILookup<Guid, (Guid Key, Guid Account)> BoundBefore)> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Evidence> evidence, CancellationToken cancellation)
    {
        var origins = evidence.Select(said => said.OriginKey).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(GateLock.Alone),
                new("select origin_key, version, tie from origins where origin_key = any($1)") { Parameters = { new() { Value = origins } } },
                new("select origin_key, claim_key, account_key from bindings where origin_key = any($1)") { Parameters = { new() { Value = origins } } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        var versions = new Dictionary<Guid, (long, Guid)>();
        while (await rows.ReadAsync(cancellation)) versions[rows.GetGuid(0)] = (rows.GetInt64(1), rows.GetGuid(2));
        await rows.NextResultAsync(cancellation);
        var bound = new List<(Guid Origin, Guid Key, Guid Account)>();
        while (await rows.ReadAsync(cancellation)) bound.Add((rows.GetGuid(0), rows.GetGuid(1), rows.GetGuid(2)));
        return (versions, bound.ToLookup(row => row.Origin, row => (row.Key, row.Account)));
    }

    /// <summary>What the origins said before is forgotten, and what they say now is written.</summary>
    private static void Replace(NpgsqlBatch batch, List<Evidence> news)
    {
        batch.BatchCommands.Add(new("delete from bindings where origin_key = any($1)") { Parameters = { new() { Value = news.Select(said => said.OriginKey).ToArray() } } });
        batch.BatchCommands.Add(new Columns<Evidence>(news)
            .Add(NpgsqlDbType.Uuid, said => said.OriginKey).Add(NpgsqlDbType.Bigint, said => said.Version).Add(NpgsqlDbType.Uuid, said => said.Tie)
            .Command("insert into origins select * from unnest({0}) on conflict (origin_key) do update set version = excluded.version, tie = excluded.tie"));

        var bindings = news.SelectMany(said => said.Bindings.Select(binding => (said.OriginKey, binding.Key, binding.Account))).ToList();
        if (bindings.Count == 0) return;
        batch.BatchCommands.Add(new Columns<(Guid OriginKey, ClaimKey Key, AccountId Account)>(bindings)
            .Add(NpgsqlDbType.Uuid, row => row.Key.Id).Add(NpgsqlDbType.Uuid, row => row.OriginKey)
            .Add(NpgsqlDbType.Uuid, row => ClaimKey.Of(row.Account).Id).Add(NpgsqlDbType.Text, row => row.Account.Text)
            .Add(NpgsqlDbType.Text, row => ClaimNames.Of(row.Key.Kind)).Add(NpgsqlDbType.Text, row => row.Key.System).Add(NpgsqlDbType.Text, row => row.Key.Value)
            .Command("insert into bindings (claim_key, origin_key, account_key, account_id, kind, system, value) select * from unnest({0})"));
    }

    private static void Stand(NpgsqlBatch batch, IReadOnlyList<Evidence> decided)
    {
        if (decided.Count == 0) return;
        batch.BatchCommands.Add(new Columns<AccountStanding>([.. decided.Select(said => said.Standing!)])
            .Add(NpgsqlDbType.Uuid, row => ClaimKey.Of(row.Account).Id).Add(NpgsqlDbType.Text, row => row.Account.Text)
            .Add(NpgsqlDbType.Text, row => row.Standing.ToString().ToLowerInvariant()).Add(NpgsqlDbType.Bigint, row => row.Revision)
            .Add(NpgsqlDbType.Text, row => row.Source).Add(NpgsqlDbType.Text, row => row.NativeId).Add(NpgsqlDbType.Text, row => row.Name)
            .Command("""
                insert into accounts (account_key, account_id, standing, revision, source, native_id, name) select * from unnest({0})
                on conflict (account_key) do update set standing = excluded.standing, revision = excluded.revision, source = excluded.source,
                    native_id = coalesce(excluded.native_id, accounts.native_id), name = coalesce(excluded.name, accounts.name), decided_at = clock_timestamp()
                """));
    }

    /// <summary>A release for each changed key that somebody waits for. Behind the gate alone, nobody is just about to park.</summary>
    private static void Release(NpgsqlBatch batch, List<Evidence> news, ILookup<Guid, (Guid Key, Guid Account)> boundBefore) =>
        batch.BatchCommands.Add(new Columns<(Guid Key, string? TraceParent)>([.. news.SelectMany(said => Changed(said, boundBefore).Select(key => (key, said.TraceParent)))])
            .Add(NpgsqlDbType.Uuid, row => row.Key).Add(NpgsqlDbType.Text, row => row.TraceParent)
            .Command("""
                insert into releases (id, claim_key, trigger, trace_parent)
                select gen_random_uuid(), claim_key, 'evidence', max(trace_parent) from unnest({0}) n (claim_key, trace_parent)
                where exists (select from parked where waits_for = claim_key) group by claim_key
                """));

    /// <summary>
    /// A key that loses its binding is of interest too: its children may be ambiguous no longer. So is the account that it led to,
    /// for its children may wait there, under the account's own key, and would miss what the key leads to now.
    /// </summary>
    private static IEnumerable<Guid> Changed(Evidence said, ILookup<Guid, (Guid Key, Guid Account)> boundBefore)
    {
        var before = boundBefore[said.OriginKey].ToArray();
        var lost = before.Except(said.Bindings.Select(binding => (Key: binding.Key.Id, Account: ClaimKey.Of(binding.Account).Id)));
        var keys = said.Bindings.Select(binding => binding.Key.Id).Concat(before.Select(bound => bound.Key)).Concat(lost.Select(bound => bound.Account));
        return said.Standing is { Standing: Standing.Admitted } standing ? keys.Append(ClaimKey.Of(standing.Account).Id) : keys;
    }

    /// <summary>User mappings end here, and are counted here; account records are counted by the system of record.</summary>
    private static List<LedgerEntry> UserTable(IReadOnlyList<Evidence> evidence, Dictionary<Guid, (long Version, Guid Tie)> known)
    {
        var newest = new Dictionary<Guid, (long Version, Guid Tie)>(known);
        var entries = new List<LedgerEntry>();
        foreach (var said in evidence.Where(said => said.Bindings is [{ Key.Kind: ClaimKind.UserId }]))
        {
            var start = new LedgerEntry(Exchanges.UserMapped, "user-table", Received: 1);
            if (!newest.TryGetValue(said.OriginKey, out var before) || said.IsNewerThan(before.Version, before.Tie))
            {
                newest[said.OriginKey] = (said.Version, said.Tie);
                entries.Add(start with { Accepted = 1 });
            }
            else
            {
                entries.Add(before == (said.Version, said.Tie) ? start with { Duplicates = 1 } : start with { Superseded = 1 });
            }
        }

        return [.. LedgerEntry.Sum(entries)];
    }
}
