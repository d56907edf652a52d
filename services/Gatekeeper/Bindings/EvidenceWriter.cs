using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>Writes evidence as sets, alone behind the gate, and leaves work for the releaser where children are concerned by what has changed.</summary>
public sealed class EvidenceWriter
{
    /// <returns>Whether there is work for the releaser.</returns>
    public async Task<bool> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Evidence> evidence, CancellationToken cancellation)
    {
        var before = await ReadAsync(connection, transaction, evidence, cancellation);
        var news = evidence.GroupBy(said => said.OriginKey).Select(origin => origin.Aggregate((a, b) => b.IsNewerThan(a.Version, a.Tie) ? b : a))
            .Where(said => !before.Versions.TryGetValue(said.OriginKey, out var known) || said.IsNewerThan(known.Version, known.Tie)).ToList();
        if (news.Count == 0) return false;

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new Columns<Evidence>(news)
            .Add(NpgsqlDbType.Uuid, said => said.OriginKey).Add(NpgsqlDbType.Bigint, said => said.Version).Add(NpgsqlDbType.Uuid, said => said.Tie)
            .Command("insert into origins select * from unnest({0}) on conflict (origin_key) do update set version = excluded.version, tie = excluded.tie"));
        return await ReplaceAsync(batch, news, before, cancellation);
    }

    /// <summary>The same for what is known to be the last word of its origins, read behind the gate alone.</summary>
    public async Task<bool> WriteCurrentAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Evidence> current, CancellationToken cancellation)
    {
        var before = await ReadAsync(connection, transaction, current, cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        return await ReplaceAsync(batch, current, before, cancellation);
    }

    private static async Task<bool> ReplaceAsync(NpgsqlBatch batch, IReadOnlyList<Evidence> news, Before before, CancellationToken cancellation)
    {
        BindingTable.Replace(batch, news);
        AccountStanding[] decided = [.. news.Select(said => said.Standing).OfType<AccountStanding>()];
        StandingTable.Write(batch, decided);
        SpellingTable.Add(batch, decided.Select(said => said.Account), news.SelectMany(said => said.Bindings).Select(binding => binding.Account));
        var asked = Ask(batch, news, before);
        await batch.ExecuteNonQueryAsync(cancellation);
        return asked.Sum(command => (long)command.RecordsAffected) > 0;
    }

    /// <summary>Behind the gate alone, nobody is just about to park.</summary>
    private static List<NpgsqlBatchCommand> Ask(NpgsqlBatch batch, IReadOnlyList<Evidence> news, Before before)
    {
        var turned = news.Where(said => said.Standing is { } standing && (standing.Standing == Standing.Admitted) != before.Admitted.Contains(ClaimKey.Of(standing.Account).Id))
            .ToLookup(said => said.Standing!.Standing == Standing.Admitted, said => new ChangedKey(ClaimKey.Of(said.Standing!.Account).Id, said.TraceParent));
        ChangedKey[] accounts = [.. turned[true], .. turned[false]];
        ChangedKey[] keys = [.. BindingTable.Changed(news, before.Bindings), .. accounts];
        var commands = new List<NpgsqlBatchCommand>();
        if (keys.Length > 0) commands.Add(ReleaseTable.Ask(keys));
        if (accounts.Length > 0) commands.Add(ReleaseTable.AskForKeysOf(accounts));
        foreach (var command in commands) batch.BatchCommands.Add(command);
        if (!turned.Contains(false)) return commands;

        var overtaken = ReleaseTable.AskForOvertakenUnder([.. turned[false].Select(account => account.ClaimKey)]);
        batch.BatchCommands.Add(new($"select {StatementPlans.Anew}")); // it may join either way
        batch.BatchCommands.Add(overtaken);
        return [.. commands, overtaken];
    }

    private static async Task<Before> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Evidence> evidence, CancellationToken cancellation)
    {
        var origins = evidence.Select(said => said.OriginKey).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new($"{GateLock.Alone}, {StatementPlans.Once}"),
                ResultSets.With("select origin_key, version, tie from origins where origin_key = any($1)", origins),
                ResultSets.With(BindingTable.Of, origins),
                ResultSets.With(StandingTable.Admitted, evidence.Select(said => said.Standing).OfType<AccountStanding>().Select(said => ClaimKey.Of(said.Account).Id).Distinct().ToArray()),
            },
        };
        StatementPlans.Renew(batch);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var versions = new Dictionary<Guid, (long, Guid)>();
        var bound = new List<(Guid Origin, Guid Key, Guid Account)>();
        var admitted = new HashSet<Guid>();
        await rows.EachAsync(row => versions[row.GetGuid(0)] = (row.GetInt64(1), row.GetGuid(2)), cancellation);
        await rows.EachAsync(row => bound.Add((row.GetGuid(0), row.GetGuid(1), row.GetGuid(2))), cancellation);
        await rows.EachAsync(row => admitted.Add(row.GetGuid(0)), cancellation);
        return new Before(versions, bound.ToLookup(row => row.Origin, row => (row.Key, row.Account)), admitted);
    }

    private sealed record Before(IReadOnlyDictionary<Guid, (long Version, Guid Tie)> Versions, ILookup<Guid, (Guid Key, Guid Account)> Bindings, IReadOnlySet<Guid> Admitted);
}
