using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>Writes what is said of users. Nothing of it overtakes anything: an earlier word holds for an earlier time.</summary>
public sealed class UserTableWriter(TimeProvider time)
{
    /// <returns>Whether there is work for the releaser.</returns>
    public async Task<bool> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<UserStatement> statements, CancellationToken cancellation)
    {
        var known = await UserLinkTable.ReadAsync(connection, transaction, statements, cancellation);
        var before = known.Select(row => (row.Key.User, row.Value.Link)).ToList();
        var (news, ledger) = (new Dictionary<(Guid, Guid, DateTimeOffset), UserStatement>(), new List<LedgerEntry>());
        foreach (var said in statements)
        {
            var place = (said.User.Id, said.Link.Origin, said.Link.From);
            var entry = new LedgerEntry(Exchanges.UserMapped, EvidenceReader.UserTable, Received: 1);
            if (!known.TryGetValue(place, out var same) || said.Tie.CompareTo(same.Tie) > 0)
            {
                known[place] = (said.Tie, said.Link);
                news[place] = said;
                entry = entry with { Accepted = 1 };
            }
            else
            {
                entry = same.Tie == said.Tie ? entry with { Duplicates = 1 } : entry with { Superseded = 1 };
            }

            if (said.Link.IsOfTable) ledger.Add(entry); // what people say is counted with their own messages
        }

        return await WriteAsync(connection, transaction, [.. news.Values], before, LedgerEntry.Sum(ledger), cancellation);
    }

    private async Task<bool> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<UserStatement> news, IReadOnlyList<(Guid, UserLink)> before, IReadOnlyList<LedgerEntry> ledger, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        LedgerTable.Add(batch, ledger, time);
        if (news.Count > 0)
        {
            SpellingTable.Add(batch, [], news.Select(said => said.Link.Account?.Account).OfType<AccountId>());
            batch.BatchCommands.Add(UserLinkTable.Write(news));
            batch.BatchCommands.Add(ReleaseTable.Ask([.. UserLinkTable.Changed(news, before)]));
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
        return news.Count > 0 && (long)batch.BatchCommands[^1].RecordsAffected > 0;
    }
}
