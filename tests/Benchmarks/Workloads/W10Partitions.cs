using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Benchmarks.Peers.Pipeline;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>
/// The everyday path once from one queue with two readers, and once from two queues with a reader each, the accounts shared out
/// between them: whether readers that never meet are faster than those that compete.
/// </summary>
internal sealed class W10Partitions : IWorkload
{
    private const int KnownAccounts = 20_000;

    public string Name => "W10";

    public string Question => "W1 from one queue with two readers, and from two queues with one each, partitioned by account";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(KnownAccounts));
        await stage.StopAsync();

        var together = Children.Of(sizes.Of(500_000, 50_000), KnownAccounts);
        var one = await stage.WorkOffAsync([.. together.Messages()]);
        var apart = Children.Of(together.Count, KnownAccounts, together.Count);
        var two = await stage.WorkOffAsync([.. Enumerable.Range(apart.First, apart.Count).Select(number => OfItsPartition(apart.Message(number), apart.AccountOf(number)))], role: PipelineOfTwoQueues.Name);
        await stage.CheckTablesAsync(together.Expected.Concat(apart.Expected));
        return [new("one queue", one.Of("throughput"), "/s"), new("two queues", two.Of("throughput"), "/s"), new("two to one", two.Of("throughput") / one.Of("throughput") * 100, "%")];
    }

    /// <summary>The gatekeeper decides on what comes by the queue of usage events as on what comes by that of children.</summary>
    private static Message OfItsPartition(Message message, int account) => account % 2 == 0 ? message : message with { Exchange = Exchanges.UsageEventReceived };
}
