using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>Which account each key belongs to, and who says so: what an origin said before is forgotten, and what it says now is written.</summary>
internal static class BindingTable
{
    public const string Of = "select origin_key, claim_key, account_key from bindings where origin_key = any($1)";

    public static void Replace(NpgsqlBatch batch, IReadOnlyList<Evidence> news)
    {
        batch.BatchCommands.Add(new("delete from bindings where origin_key = any($1)") { Parameters = { new() { Value = news.Select(said => said.OriginKey).ToArray() } } });
        var bindings = news.SelectMany(said => said.Bindings.Select(binding => (Said: said, binding.Key, binding.Account))).ToList();
        if (bindings.Count == 0) return;
        batch.BatchCommands.Add(new Columns<(Evidence Said, ClaimKey Key, AccountId Account)>(bindings)
            .Add(NpgsqlDbType.Uuid, row => row.Key.Id).Add(NpgsqlDbType.Uuid, row => row.Said.OriginKey)
            .Add(NpgsqlDbType.Uuid, row => ClaimKey.Of(row.Account).Id).Add(NpgsqlDbType.Text, row => row.Account.Text).Add(NpgsqlDbType.Text, row => row.Said.Source)
            .Add(NpgsqlDbType.Text, row => ClaimNames.Of(row.Key.Kind)).Add(NpgsqlDbType.Text, row => row.Key.System).Add(NpgsqlDbType.Text, row => row.Key.Value)
            .Add(NpgsqlDbType.Uuid, row => SpellingKey.Of(row.Key))
            .Command("insert into bindings (claim_key, origin_key, account_key, account_id, source, kind, system, value, fold_key) select * from unnest({0})"));
    }

    /// <summary>The keys of which an origin no longer says what it said.</summary>
    public static IEnumerable<ChangedKey> Changed(IEnumerable<Evidence> news, ILookup<Guid, (Guid Key, Guid Account)> before) => news.SelectMany(said =>
    {
        var now = said.Bindings.Select(binding => (Key: binding.Key.Id, Account: ClaimKey.Of(binding.Account).Id)).ToHashSet();
        now.SymmetricExceptWith(before[said.OriginKey]);
        return now.Select(changed => new ChangedKey(changed.Key, said.TraceParent));
    });
}
