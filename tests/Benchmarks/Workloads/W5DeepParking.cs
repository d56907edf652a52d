using Npgsql;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>Parking and releasing while millions wait: neither may slow down with what is there already.</summary>
internal sealed class W5DeepParking : IWorkload
{
    private const int PerAccount = 10;

    /// <summary>Accounts admitted a second while latency is measured.</summary>
    private const int Pace = 20;

    /// <summary>Rows as parking leaves them, in the order of their time and no order of their keys; made by the database, for through the broker ten million take half an hour.</summary>
    private const string Fill = """
        insert into gatekeeper.parked (object_key, claim_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, claim_value, why, body, parked_at, deadline)
        select gen_random_uuid(), key, key, 'bench', 'ticket', 'f' || n, timestamptz '2026-01-01', gen_random_uuid(), 'account_id', 'F' || n / 10, 'unanswered', $3, clock_timestamp(), clock_timestamp() + interval '14 days'
        from (select n, md5('F' || n / 10)::uuid as key from generate_series($1::bigint, $2::bigint) n) rows
        """;

    public string Name => "W5";

    public string Question => "millions parked: parking rate and release of ten at each depth, bytes a row";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        var (figures, next, batch, releases) = (new List<Figure>(), 0, sizes.Of(50_000, 30_000), sizes.Of(400, 200));
        await stage.StopAsync();
        long filled = 0;
        foreach (var depth in sizes.Small ? (int[])[0, 100_000, 1_000_000] : [0, 1_000_000, 5_000_000, 10_000_000])
        {
            await FillAsync(stage, filled, depth);
            filled = depth;
            var parking = await stage.WorkOffAsync([.. Children.Of(batch, batch, next, firstAccount: 1_000_000 + next).Messages()]);
            figures.Add(new($"parking at {depth:N0}", parking.Of("throughput"), "/s"));
            next += batch;
            figures.AddRange((await ReleaseAsync(stage, next, releases)).Figures($"release of ten at {depth:N0}", from: releases / 4)); // the first quarter warms up
            next += releases * PerAccount;
        }

        figures.Add(new("size of a parked row", await stage.World.Number("select pg_total_relation_size('gatekeeper.parked') / count(*) from gatekeeper.parked"), "B"));
        return figures;
    }

    private static async Task FillAsync(Stage stage, long from, long to)
    {
        const long Step = 500_000;
        for (; from < to; from += Step)
        {
            await using var fill = stage.World.Database.CreateCommand(Fill);
            fill.CommandTimeout = 600;
            fill.Parameters.Add(new NpgsqlParameter { Value = from });
            fill.Parameters.Add(new NpgsqlParameter { Value = Math.Min(from + Step, to) - 1 });
            fill.Parameters.Add(new NpgsqlParameter { Value = new byte[400] });
            await fill.ExecuteNonQueryAsync();
        }

        await using var settle = stage.World.Database.CreateCommand("analyze gatekeeper.parked; checkpoint");
        settle.CommandTimeout = 600;
        await settle.ExecuteNonQueryAsync();
    }

    private static async Task<Latency> ReleaseAsync(Stage stage, int first, int releases)
    {
        var children = Children.OfEach(Enumerable.Range(first, releases), PerAccount, first);
        var latency = new Latency(releases);
        var left = Enumerable.Repeat(PerAccount, releases).ToArray();
        await using var listener = await Listener.OpenAsync(stage.World.RabbitMq, Contracts.Exchanges.ChildObjectAccepted);
        await stage.StartAsync();
        var parked = await stage.World.Number(Ledger.Parked);
        await stage.Generator.PublishAsync(children.Messages());
        await stage.UntilAsync(Ledger.Parked, parked + children.Count);
        await listener.ReadAsync((number, at) =>
        {
            if (number >= first && --left[(number - first) / PerAccount] == 0) latency.Hear((number - first) / PerAccount, at);
        });
        await stage.Generator.PublishAsync(Enumerable.Range(first, releases).Select(Accounts.Admission), Pace, latency.Due);
        await Eventually("every child is announced", () => Task.FromResult(latency.Heard == releases), TimeSpan.FromMinutes(1));
        await stage.StopAsync();
        return latency;
    }
}
