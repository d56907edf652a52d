using Npgsql;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>Somebody holds a transaction open, so that no dead row can be taken away: children pass through, others are parked and released, again and again.</summary>
internal sealed class W7HeldTransaction : IWorkload
{
    private const int KnownAccounts = 20_000;
    private const int Round = 20_000;

    public string Name => "W7";

    public string Question => "a transaction held open under W1 and W2: what the rate loses by it, and what is not taken away";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(KnownAccounts));
        var (first, account) = (0, KnownAccounts);
        var sent = new List<Children>();
        await RoundAsync(); // warms up
        var (before, sizeBefore) = (await RatesAsync(3), await SizeAsync(stage));

        await using var holder = await stage.World.Database.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var hold = new NpgsqlCommand("select pg_current_xact_id()::text", holder, held)) await hold.ExecuteScalarAsync();
        var until = TimeProvider.System.GetTimestamp();
        var rounds = new List<(double Through, double Released)>();
        while (TimeProvider.System.GetElapsedTime(until) < sizes.Of(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(45))) rounds.Add(await RoundAsync());
        var during = Median(rounds.TakeLast(3));
        var bloat = await SizeAsync(stage) - sizeBefore;
        await held.RollbackAsync();
        await VacuumAsync(stage);
        var after = await RatesAsync(3); // the tables have grown meanwhile: what they hold now is what it is compared with
        await stage.CheckTablesAsync(sent.SelectMany(children => children.Expected));
        return
        [
            new("through before", before.Through, "/s"), new("through, held to the end", during.Through, "/s"), new("through, let go of", after.Through, "/s"), new("through, lost", (1 - during.Through / after.Through) * 100, "%"),
            new("released before", before.Released, "/s"), new("released, held to the end", during.Released, "/s"), new("released, let go of", after.Released, "/s"), new("released, lost", (1 - during.Released / after.Released) * 100, "%"),
            new("rounds", rounds.Count, ""), new("parked and announcements", bloat / 1048576.0, "MiB more"),
        ];

        async Task<(double Through, double Released)> RatesAsync(int count)
        {
            var rates = new List<(double, double)>();
            for (var round = 0; round < count; round++) rates.Add(await RoundAsync());
            return Median(rates);
        }

        async Task<(double Through, double Released)> RoundAsync()
        {
            var passing = Children.Of(Round, KnownAccounts, first);
            var through = await stage.MostAsync(passing);
            first += Round;
            var waiting = Children.Of(Round, 1, first, firstAccount: account);
            sent.AddRange([passing, waiting]);
            await stage.Generator.PublishAsync(waiting.Messages());
            await stage.UntilAsync(Ledger.Parked, Round); // to count the rows would read all that the held transaction keeps from being taken away, again and again
            var begun = TimeProvider.System.GetTimestamp();
            await stage.Generator.PublishAsync([Accounts.Admission(account++)]);
            await stage.UntilAsync(Ledger.Parked, 0);
            await stage.UntilAsync(peer.Unsaid, 0);
            first += Round;
            return (through, Round / TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
        }
    }

    private static (double Through, double Released) Median(IEnumerable<(double Through, double Released)> rounds)
    {
        var all = rounds.ToList();
        return (all.Select(round => round.Through).Order().ElementAt(all.Count / 2), all.Select(round => round.Released).Order().ElementAt(all.Count / 2));
    }

    /// <summary>As the server does by itself, sooner or later.</summary>
    private static async Task VacuumAsync(Stage stage)
    {
        foreach (var table in (string[])["parked", "announcements", "releases", "ledger"])
        {
            await using var vacuum = stage.World.Database.CreateCommand($"vacuum analyze gatekeeper.{table}");
            vacuum.CommandTimeout = 300;
            await vacuum.ExecuteNonQueryAsync();
        }
    }

    private static Task<long> SizeAsync(Stage stage) => stage.World.Number("select pg_total_relation_size('gatekeeper.parked') + pg_total_relation_size('gatekeeper.announcements') + pg_total_relation_size('gatekeeper.releases')");
}
