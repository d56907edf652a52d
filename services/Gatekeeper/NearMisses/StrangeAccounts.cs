using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.NearMisses;

/// <summary>Account_ids that records of other systems state, that nobody has decided on, and that are spelled nearly as an account; the first thousand.</summary>
internal static class StrangeAccounts
{
    public const string Near =
        """
        select s.account_id, array(select source || ' ' || count(*) from bindings b where b.account_key = s.account_key and b.source <> '' group by source order by source)
        from account_spellings s
        where not s.decided and exists (select from account_spellings k where k.fold_key = s.fold_key and k.decided)
        order by s.fold_key limit 1000
        """;

    public static async Task<IReadOnlyList<StrangeAccountLine>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var stated = new List<(string AccountId, Dictionary<string, long> Records)>();
        await using (var command = database.CreateCommand(Near))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation)) stated.Add((rows.GetString(0), Counts(rows.GetFieldValue<string[]>(1))));
        var near = await NearMissQuery.OfAsync(database, [.. stated.Select(row => ClaimKey.Of(AccountId.Of(row.AccountId)))], cancellation);
        return [.. stated.Select((row, index) => new StrangeAccountLine(Visible.Text(row.AccountId), row.Records, near[index])).Where(line => line.Records.Count > 0 && line.NearMisses.Count > 0)];
    }

    private static Dictionary<string, long> Counts(string[] counted) => counted.Select(text => (text, blank: text.LastIndexOf(' ')))
        .ToDictionary(entry => entry.text[..entry.blank], entry => long.Parse(entry.text[(entry.blank + 1)..], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
