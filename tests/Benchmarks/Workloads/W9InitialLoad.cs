using System.Text.Json;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>What a new user waits for: all accounts there are, through records and sagas.</summary>
internal sealed class W9InitialLoad : IWorkload
{
    public string Name => "W9";

    public string Question => "the first load of accounts: records kept, decided, announced";

    public IReadOnlyList<string> Peers => ["pipeline", "plain"];

    /// <summary>What it is to be faster than is half of the question.</summary>
    public IReadOnlyList<string> PeersInSmall => Peers;

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        var accounts = sizes.Of(1_000_000, 40_000) / peer.OneOf;
        await using var stage = await Stage.SetAsync(site, peer, Exchanges.AccountAdmitted);
        await stage.StartAsync($"{peer.Role}-accounts");
        await stage.StopAsync();
        await stage.Generator.PublishAsync(Accounts.Records(accounts));
        await stage.StartAsync($"{peer.Role}-accounts");
        var figures = new List<Figure>(await stage.DrainAsync(accounts));
        await CheckAsync(stage, accounts);
        var cost = await stage.StopAsync();
        figures.Add(new("allocated", (double)cost.Allocated / accounts, "B/msg"));
        figures.Add(new("peak memory", cost.PeakMemory / 1048576.0, "MiB"));
        return figures;
    }

    /// <exception cref="BenchmarkException">An account is missing, or was announced twice.</exception>
    private static async Task CheckAsync(Stage stage, int accounts)
    {
        var heard = new int[accounts];
        foreach (var letter in await stage.World.Outsider.Take(Listener.Queue))
        {
            using var body = JsonDocument.Parse(letter.Body);
            heard[Accounts.NumberOf(body.RootElement.GetProperty("account_id").GetString()!)]++;
        }

        if (heard.Count(times => times != 1) is > 0 and var wrong) throw new BenchmarkException($"{wrong:N0} accounts were not announced, or more than once: the run does not count.");
    }
}
