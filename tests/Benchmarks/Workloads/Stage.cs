using System.Diagnostics;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Contracts;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>What every run needs: a world of its own on the site, somebody who publishes, somebody who listens, and the peer, which may be stopped and started.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly Site _site;
    private IReadOnlyList<PeerProcess> _processes = [];

    private Stage(Site site, IPeer peer, World world, Listener listener) =>
        (_site, Peer, World, Listener, Generator) = (site, peer, world, listener, new Generator(world.RabbitMq));

    public IPeer Peer { get; }

    public World World { get; }

    public Listener Listener { get; }

    public Generator Generator { get; }

    /// <param name="exchange">What is listened to.</param>
    public static async Task<Stage> SetAsync(Site site, IPeer peer, string exchange = Exchanges.ChildObjectAccepted)
    {
        var world = await World.On(site.Servers, isDefined: peer.IsDefined);
        return new Stage(site, peer, world, await Listener.OpenAsync(world.RabbitMq, exchange));
    }

    /// <summary>Does something, and prints what it cost the database, where the session is asked to.</summary>
    /// <param name="messages">That it is for.</param>
    public async Task<T> ProfiledAsync<T>(double messages, Func<Task<T>> work)
    {
        if (!_site.IsProfiled) return await work();
        await StatementProfile.BeginAsync(World);
        var result = await work();
        Console.WriteLine(await StatementProfile.ReadAsync(World, messages));
        return result;
    }

    /// <param name="role">Which program, where it is not the peer's own.</param>
    public async Task StartAsync(string? role = null) => _processes = await Task.WhenAll(Enumerable.Range(0, Peer.Processes).Select(_ => PeerProcess.StartAsync(role ?? Peer.Role, World)));

    public async Task<Cost> StopAsync()
    {
        var (stopping, cost) = (_processes, new Cost(0, 0));
        _processes = [];
        foreach (var process in stopping)
        {
            await using (process) cost += await process.StopAsync();
        }

        return cost;
    }

    /// <summary>Lets the running peer take accounts in, and waits until it has.</summary>
    public async Task AdmitAsync(IReadOnlyCollection<int> accounts)
    {
        var before = await World.Number(Peer.Admitted);
        await Generator.PublishAsync(Accounts.Admissions(accounts));
        await UntilAsync(Peer.Admitted, before + accounts.Count);
    }

    public Task UntilAsync(string sql, long count) => Eventually($"{sql} is {count:N0}", async () => await World.Number(sql) == count, Patience);

    /// <summary>Measures how the running peer works a full queue off, by what it announces.</summary>
    public Task<IReadOnlyList<Figure>> DrainAsync(long announcements) => ProfiledAsync(announcements, () => MeasureAsync(announcements, Listener.WaitingAsync));

    /// <summary>Lets the stopped pipeline work off these messages, whatever becomes of them.</summary>
    /// <param name="warm">Others, worked off before the clock starts; where there are none, it starts at a quarter.</param>
    /// <param name="role">Which program, where it is not the peer's own.</param>
    /// <returns>How many it took a second, to the last word, and what each cost.</returns>
    public async Task<IReadOnlyList<Figure>> WorkOffAsync(IReadOnlyCollection<Message> messages, IReadOnlyCollection<Message>? warm = null, string? role = null)
    {
        var (before, total) = (await World.Number(Ledger.Received), (warm?.Count ?? 0) + messages.Count);
        await Generator.PublishAsync((warm ?? []).Concat(messages));
        await StartAsync(role);
        var figures = await ProfiledAsync(total, () => MeasureAsync(total, DoneAsync, warm?.Count));
        await StopAsync();
        return figures;

        async Task<long> DoneAsync()
        {
            var received = await World.Number(Ledger.Received) - before;
            return received < total || await World.Number(Peer.Unsaid) == 0 ? received : total - 1;
        }
    }

    /// <summary>Lets the running pipeline work off these while they are published as fast as the broker takes them, which warms it up too.</summary>
    /// <returns>How many it took a second.</returns>
    public async Task<double> MostAsync(Children children)
    {
        var (before, begun) = (await World.Number(Ledger.Received), Stopwatch.GetTimestamp());
        await Generator.PublishAsync(children.Messages());
        await UntilDecidedAsync(before + children.Count);
        return children.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <exception cref="BenchmarkException">Something was lost, doubled, or is under a wrong account.</exception>
    public async Task CheckTablesAsync(IEnumerable<(string NativeId, string AccountId)> expected)
    {
        await UntilAsync(Peer.Unsaid, 0);
        if (await NeutralCheck.OfTablesAsync(World, Peer, expected) is { } wrong) throw new BenchmarkException($"{wrong}: the run does not count.");
    }

    /// <summary>Of a queue that nobody has read yet.</summary>
    /// <exception cref="BenchmarkException">Something was never announced, or more than once.</exception>
    public async Task CheckAnnouncementsAsync(int children)
    {
        if (await NeutralCheck.OfAnnouncementsAsync(World, children) is { } wrong) throw new BenchmarkException($"{wrong}: the run does not count.");
    }

    private Task<IReadOnlyList<Figure>> MeasureAsync(long total, Func<Task<long>> done, long? from = null) =>
        new Drain(World, _site, [.. _processes.Select(process => process.Time)], done).MeasureAsync(total, from);

    private async Task UntilDecidedAsync(long received)
    {
        await UntilAsync(Ledger.Received, received);
        await UntilAsync(Peer.Unsaid, 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        await Generator.DisposeAsync();
        await Listener.DisposeAsync();
        await World.DisposeAsync();
    }
}
