using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>How each account stands.</summary>
internal static class StandingTable
{
    public const string Admitted = "select account_key from accounts where account_key = any($1) and standing = 'admitted'";

    public static void Write(NpgsqlBatch batch, IReadOnlyList<AccountStanding> decided)
    {
        if (decided.Count == 0) return;
        batch.BatchCommands.Add(new Columns<AccountStanding>(decided)
            .Add(NpgsqlDbType.Uuid, row => ClaimKey.Of(row.Account).Id).Add(NpgsqlDbType.Text, row => row.Account.Text)
            .Add(NpgsqlDbType.Text, row => row.Standing.ToString().ToLowerInvariant()).Add(NpgsqlDbType.Bigint, row => row.Revision)
            .Add(NpgsqlDbType.Text, row => row.Source).Add(NpgsqlDbType.Text, row => row.NativeId).Add(NpgsqlDbType.Text, row => row.Name)
            .Command("""
                insert into accounts (account_key, account_id, standing, revision, source, native_id, name) select * from unnest({0})
                on conflict (account_key) do update set standing = excluded.standing, revision = excluded.revision, source = excluded.source,
                    native_id = coalesce(excluded.native_id, accounts.native_id), name = coalesce(excluded.name, accounts.name), decided_at = clock_timestamp()
                """));
    }
}
