using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Benchmarks.Peers.Pipeline;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>Very many dead letters are replayed at a pace while everything else goes on.</summary>
internal sealed class W8Replay : IWorkload
{
    private const int KnownAccounts = 20_000;
    private const int Missing = KnownAccounts;

    /// <summary>Letters a second, as ordered.</summary>
    private const int Pace = 1_000;

    /// <summary>What goes on beside them, as a share of the most that it can do.</summary>
    private const double Beside = 0.3;

    public string Name => "W8";

    public string Question => "dead letters replayed at a pace beside other work: whether the pace and the order are kept, and what it does to the others";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        var letters = Children.OfEach([Missing], sizes.Of(100_000, 10_000), 0);
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(KnownAccounts));
        await using var office = await PeerProcess.StartAsync("pipeline-office", stage.World);
        foreach (var part in Enumerable.Range(0, letters.Count).Chunk(5_000))
            await stage.Generator.PublishAsync(part.Select(number => letters.Message(number, type: PipelinePeer.LateType)));
        await stage.UntilAsync("select count(*) from dead_letters.letters where state = 'open'", letters.Count);
        await stage.AdmitAsync([Missing]);

        var warm = Children.Of(20_000, KnownAccounts, letters.Count);
        var beside = await stage.MostAsync(warm) * Beside;
        var load = Children.Of((int)(beside * sizes.Of(400, 60)), KnownAccounts, letters.Count + warm.Count);
        var (others, back, sent) = (new Latency(load.Count), new ConcurrentQueue<int>(), new ConcurrentQueue<int>());
        long last = 0;
        await stage.Listener.ReadAsync((number, at) =>
        {
            if (number >= letters.Count) others.Hear(number - load.First, at);
            else
            {
                back.Enqueue(number);
                Volatile.Write(ref last, at);
            }
        });
        using var enough = new CancellationTokenSource();
        var publishing = stage.Generator.PublishAsync(load.Messages(), beside, others.Due, enough.Token);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        await using var tap = await Listener.OpenAsync(stage.World.RabbitMq, Contracts.Exchanges.ChildObjectReceived, "bench-replayed");
        await tap.ReadAsync((number, _) =>
        {
            if (number < letters.Count) sent.Enqueue(number);
        });
        var (ordered, before) = (Stopwatch.GetTimestamp(), others.Heard);
        await OrderAsync(office.Http);
        await Eventually("every letter is in", () => Task.FromResult(back.Count == letters.Count), TimeSpan.FromMinutes(10));
        var (seconds, during) = (Stopwatch.GetElapsedTime(ordered, Volatile.Read(ref last)).TotalSeconds, others.Heard);
        await enough.CancelAsync();
        await publishing;
        await Eventually("the order is done", async () => await stage.World.Texts("select state from dead_letters.operations") is ["done"], TimeSpan.FromMinutes(2));
        return
        [
            new("beside", beside, "/s"), new("replayed", letters.Count / seconds, "/s"), new("of the pace", letters.Count / seconds / Pace * 100, "%"),
            new("sent before an earlier one", Backward([.. sent]), "%"), new("let in before an earlier one", Backward([.. back]), "%"),
            new("others' p99 before", others.Quantile(0.99, before / 2, before), "ms"), new("others' p99 meanwhile", others.Quantile(0.99, before, during), "ms"),
        ];
    }

    /// <summary>The share of letters that come after a later one.</summary>
    private static double Backward(IReadOnlyCollection<int> order)
    {
        var latest = -1;
        return order.Count(number => number < latest || (latest = number) < 0) * 100.0 / order.Count;
    }

    private static async Task OrderAsync(Uri office)
    {
        using var client = new HttpClient { BaseAddress = office };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PipelineOffice.Key);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
            new OperationOrder { Kind = "replay", Query = "reason:account_never_appeared", Author = "bench", Reason = "the account is there", Pace = Pace, Ramp = false }, PipelineJson.Report.OperationOrder));
        using var answer = await client.PostAsync(new Uri("/api/operations", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode) throw new BenchmarkException($"The office refuses the order: {await answer.Content.ReadAsStringAsync()}");
    }
}
