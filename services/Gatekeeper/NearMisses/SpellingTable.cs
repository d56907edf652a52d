using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.NearMisses;

/// <summary>How account_ids are spelled: of accounts that were decided on, and of those that records state. Other keys keep their spelling beside their answer.</summary>
internal static class SpellingTable
{
    public static void Add(NpgsqlBatch batch, IEnumerable<AccountId> decided, IEnumerable<AccountId> stated)
    {
        var accounts = decided.Select(account => (Account: account, IsDecided: true)).Concat(stated.Select(account => (Account: account, IsDecided: false)))
            .GroupBy(said => said.Account).Select(said => (Key: ClaimKey.Of(said.Key).Id, Account: said.Key, IsDecided: said.Any(one => one.IsDecided)))
            .OrderBy(said => said.Key).ToList();
        if (accounts.Count == 0) return;
        batch.BatchCommands.Add(new Columns<(Guid Key, AccountId Account, bool IsDecided)>(accounts)
            .Add(NpgsqlDbType.Uuid, said => said.Key).Add(NpgsqlDbType.Uuid, said => SpellingKey.Of(said.Account))
            .Add(NpgsqlDbType.Text, said => said.Account.Text).Add(NpgsqlDbType.Boolean, said => said.IsDecided)
            .Command("""
                insert into account_spellings (account_key, fold_key, account_id, decided) select * from unnest({0})
                on conflict (account_key) do update set decided = true where excluded.decided and not account_spellings.decided
                """));
    }
}
