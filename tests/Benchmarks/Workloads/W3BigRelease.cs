using System.Diagnostics;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Contracts;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>One account with very many children comes in while everything else goes on.</summary>
internal sealed class W3BigRelease : IWorkload
{
    private const int KnownAccounts = 20_000;
    private const int Late = KnownAccounts;

    /// <summary>What goes on beside the release, as a share of the most that it can do.</summary>
    private const double Beside = 0.3;

    /// <summary>One statement that does to the same rows what the release does to them, but for telling anyone.</summary>
    private const string OneMove = """
        with gone as (delete from bench.parked returning *)
        insert into bench.objects (object_key, claim_key, source, object_type, native_id, observed_at, tie, account_key, account_id, claim_kind, claim_system, claim_value, deleted, body, message_id, trace_parent, waited)
        select object_key, claim_key, source, object_type, native_id, observed_at, tie, waits_for, claim_value, claim_kind, claim_system, claim_value, false, body, message_id, trace_parent, interval '1 second' from gone
        """;

    public string Name => "W3";

    public string Question => "very many parked on one account, released beside other work: how long it takes, what one SQL statement would, and what it does to the others";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        var parked = Children.OfEach([Late], sizes.Of(100_000, 20_000), 0);
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(KnownAccounts));
        await stage.Generator.PublishAsync(parked.Messages());
        await stage.UntilAsync(peer.Parked, parked.Count);
        await CopyAsync(stage);

        var warm = Children.Of(20_000, KnownAccounts, parked.Count);
        var pace = await stage.MostAsync(warm) * Beside;
        var load = Children.Of((int)(pace * 30), KnownAccounts, parked.Count + warm.Count);
        var others = new Latency(load.Count);
        long last = 0;
        var released = 0;
        await stage.Listener.ReadAsync((number, at) =>
        {
            if (number < 0) return;
            if (number >= parked.Count) others.Hear(number - load.First, at);
            else if (++released == parked.Count) Volatile.Write(ref last, at);
        });
        var publishing = stage.Generator.PublishAsync(load.Messages(), pace, others.Due);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        using var watching = new CancellationTokenSource();
        var longest = LongestTransactionAsync(stage, watching.Token);
        var (admittedAt, before) = (Stopwatch.GetTimestamp(), others.Heard);
        await stage.Generator.PublishAsync([Accounts.Admission(Late)]);
        await stage.UntilAsync(Ledger.Parked, 0);
        var moved = Stopwatch.GetElapsedTime(admittedAt).TotalSeconds;
        await Eventually("all that waited is announced", () => Task.FromResult(Volatile.Read(ref last) != 0), TimeSpan.FromMinutes(5));
        var (seconds, during) = (Stopwatch.GetElapsedTime(admittedAt, last).TotalSeconds, others.Heard);
        await watching.CancelAsync();
        await publishing;
        await Eventually("all others are announced", () => Task.FromResult(others.Heard == load.Count), TimeSpan.FromMinutes(2));
        await stage.CheckTablesAsync(parked.Expected.Concat(warm.Expected).Concat(load.Expected));
        await stage.StopAsync();

        var move = await MoveAsync(stage);
        var telling = await TellAsync(stage, parked.Count);
        return
        [
            new("beside", pace, "/s"), new("release in the tables", moved, "s"), new("release to the last word", seconds, "s"),
            new("one SQL move", move, "s"), new("in the tables to one SQL move", moved / move, "times"),
            new("telling as many, no more", telling, "s"), new("to the last word to move and telling", seconds / (move + telling), "times"), new("longest transaction", await longest, "ms"),
            new("others' p99 before", others.Quantile(0.99, before / 2, before), "ms"), new("others' p99 meanwhile", others.Quantile(0.99, before, Math.Max(before + 1, during)), "ms"),
        ];
    }

    private static async Task CopyAsync(Stage stage)
    {
        await using var copy = stage.World.Database.CreateCommand("""
            create schema if not exists bench;
            create table bench.parked (like gatekeeper.parked including all);
            create table bench.objects (like gatekeeper.objects including all);
            insert into bench.parked select * from gatekeeper.parked;
            """);
        copy.CommandTimeout = 300;
        await copy.ExecuteNonQueryAsync();
    }

    private static async Task<double> MoveAsync(Stage stage)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var move = stage.World.Database.CreateCommand(OneMove);
        move.CommandTimeout = 300;
        await move.ExecuteNonQueryAsync();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>The same number of messages, published and confirmed by somebody who does nothing else: no release that tells of each child can be faster.</summary>
    private static async Task<double> TellAsync(Stage stage, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        await stage.Generator.PublishAsync(Enumerable.Repeat(new Message(Exchanges.ChildObjectAccepted, new byte[400]), count));
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<double> LongestTransactionAsync(Stage stage, CancellationToken cancellation)
    {
        var longest = 0.0;
        while (!cancellation.IsCancellationRequested)
        {
            longest = Math.Max(longest, await stage.World.Number("select coalesce(max(extract(epoch from clock_timestamp() - xact_start) * 1000), 0)::bigint from pg_stat_activity where application_name = 'gatekeeper'"));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return longest;
    }
}
