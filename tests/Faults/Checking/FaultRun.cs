using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests.Checking;

/// <summary>A pipeline of separate processes under load while something is done to it; and the account of it afterwards.</summary>
public sealed class FaultRun : IAsyncDisposable
{
    private readonly Site _site;
    private readonly World _world;
    private readonly string _name;
    private readonly Traffic _traffic;
    private readonly Publisher _publisher;
    private readonly string _accepted;
    private readonly string _admitted;
    private readonly List<TimeSpan> _recoveries = [];
    private readonly List<string> _late = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Task _publishing = Task.CompletedTask;

    private FaultRun(Site site, World world, string name, Traffic traffic, int perSecond, string accepted, string admitted)
    {
        (_site, _world, _name, _traffic, _accepted, _admitted) = (site, world, name, traffic, accepted, admitted);
        PerSecond = perSecond;
        Uri[] brokers = [.. ((int[])[site.BrokerItself.Port, .. site.FurtherBrokers.Select(node => node.Port)]).Select(port => new UriBuilder(site.BrokerItself) { Port = port, Path = world.RabbitMq.AbsolutePath }.Uri)];
        _publisher = new Publisher(brokers, Path.Combine(Repository.Root, "artifacts", "faults", $"{name}.log"), perSecond);
    }

    public World World => _world;

    public Traffic Traffic => _traffic;

    /// <summary>Gatekeeper, system of record, office, in this order; and once more for each further replica.</summary>
    public List<ServiceProcess> Services { get; } = [];

    public ServiceProcess Gatekeeper => Services[0];

    public int PerSecond { get; }

    public bool IsPublishing => !_publishing.IsCompleted;

    public static async Task<FaultRun> Start(Site site, Traffic traffic, int perSecond = 1000, int replicas = 1, [CallerMemberName] string name = "")
    {
        await site.IsWell();
        var world = await World.On(site.OverTheWires, "faults");
        var isCluster = site.FurtherBrokers.Count > 0;
        var run = new FaultRun(site, world, name, traffic, perSecond, await world.Outsider.Listen(Exchanges.ChildObjectAccepted, isReplicated: isCluster), await world.Outsider.Listen(Exchanges.AccountAdmitted, isReplicated: isCluster));
        (string, string)[] settings = [("Rules__File", RulesFileOf.Text(Traffic.Rules)), ("PIPELINE_RABBITMQ_NODES", string.Join(',', site.FurtherBrokers.Select(node => $"127.0.0.1:{node.Port}")))];
        for (var replica = 0; replica < replicas; replica++)
            run.Services.AddRange(await Task.WhenAll(((string[])["Gatekeeper", "SystemOfRecord", "DeadLetters"]).Select(service => ServiceProcess.Start(service, world, settings))));
        return run;
    }

    /// <summary>Begins to publish, and returns when the first of it is decided; the publishing goes on.</summary>
    public async Task Publish()
    {
        _publishing = Task.Run(() => _publisher.PublishAsync(_traffic.Messages));
        await Eventually("the pipeline is warm", Received, received => received > 2 * PerSecond, TimeSpan.FromSeconds(60));
    }

    /// <summary>
    /// Waits until new messages are published and taken again, at 95% of the rate at which they come or with all but a second's load taken;
    /// and then until the pipeline has caught up. Notes how long both took.
    /// </summary>
    /// <param name="atMost">What the goal allows for the first; the run fails beyond it (<see cref="Sizes.Leniency"/>).</param>
    public async Task Recovered(string what, TimeSpan atMost)
    {
        var since = Stopwatch.StartNew();
        TimeSpan? atRate = null;
        var news = Math.Min(_publisher.Confirmed + (PerSecond / 2), _traffic.Messages.Count); // while nobody could publish either, having taken all says nothing
        var (before, beforeAt) = (await Received(), since.Elapsed);
        await Eventually($"the pipeline has caught up after {what}", async () =>
        {
            var (confirmed, received, now) = (_publisher.Confirmed, await Received(), since.Elapsed);
            var caughtUp = confirmed >= news && received >= confirmed - PerSecond;
            var seconds = (now - beforeAt).TotalSeconds;
            if (caughtUp || (confirmed >= news && seconds >= 1 && received - before >= seconds * PerSecond * 0.95)) atRate ??= now;
            if (seconds >= 1) (before, beforeAt) = (received, now);
            return caughtUp;
        }, TimeSpan.FromSeconds(120));
        var recovery = atRate ?? since.Elapsed;
        _recoveries.Add(recovery);
        Say($"after {what}: at rate in {recovery.TotalSeconds:0.0} s, caught up in {since.Elapsed.TotalSeconds:0.0} s, {_publisher.Confirmed} published");
        if (recovery > atMost) Say($"over the goal of {atMost.TotalSeconds} s");
        if (recovery > atMost * Sizes.Leniency) _late.Add(string.Create(CultureInfo.InvariantCulture, $"After {what} it took {recovery.TotalSeconds:0.0} s to come back to its rate; {atMost.TotalSeconds} s are allowed."));
    }

    /// <summary>Waits until all is published, and fails where the pipeline needs over 5% longer to have taken it than it took to publish.</summary>
    public async Task KeepsPace()
    {
        var since = Stopwatch.StartNew();
        await _publishing;
        var published = since.Elapsed;
        await Eventually("all is taken", async () => _publisher.Confirmed - await Received(), left => left <= 0, published);
        Say($"published for {published.TotalSeconds:0.0} s, taken {(since.Elapsed - published).TotalSeconds:0.0} s later");
        if (since.Elapsed > published * 1.05) Say($"over the goal of 5%");
        if (since.Elapsed > published * (1 + (0.05 * Sizes.Leniency))) _late.Add(string.Create(CultureInfo.InvariantCulture, $"Published for {published.TotalSeconds:0.0} s, and taken only {(since.Elapsed - published).TotalSeconds:0.0} s later."));
    }

    /// <summary>Waits until all is published and decided, and finds nothing lost, doubled, stranded or in a wrong place.</summary>
    /// <param name="dead">How many messages must have been given up.</param>
    public async Task EndsWell(TimeSpan? patience = null, int dead = 0)
    {
        await _publishing;
        // Counted first: comparing millions of ids again and again would take the machine from those who still have to take them.
        await Eventually("all is taken", async () => _publisher.Confirmed - await Received(), left => left <= 0, patience ?? TimeSpan.FromSeconds(90));
        var wanted = _traffic.End().ToHashSet(StringComparer.Ordinal);
        await Eventually("every object is where it must be", async () =>
        {
            var found = await Findings.EndOf(_world.Database);
            return $"missing {Findings.Some(wanted.Except(found))}, too many {Findings.Some(found.Except(wanted))}";
        }, wrong => wrong == "missing , too many ", patience ?? TimeSpan.FromSeconds(90));
        foreach (var schema in (string[])["gatekeeper", "system_of_record"])
        {
            await Eventually($"{schema} has said all", () => Number($"select count(*) from {schema}.announcements"), count => count == 0, TimeSpan.FromSeconds(60));
            Assert.Equal(0, await _world.Unbalanced(schema));
        }

        Assert.Equal(dead, await Number("select count(*) from gatekeeper.dead"));
        Assert.Equal("", Findings.Some(Findings.OfAnnouncements(await _world.Outsider.Take(_accepted), wanted)));
        Assert.Equal("", Findings.Some(Findings.OfAdmissions(await _world.Outsider.Take(_admitted), _traffic.Admitted())));
        foreach (var service in Services) Findings.IsWell(service);
        Assert.Empty(_late);
        Say($"{_publisher.Confirmed} messages, {_publisher.Reconnected} times published anew, {_recoveries.Count} faults, slowest recovery {_recoveries.DefaultIfEmpty().Max().TotalSeconds:0.0} s, {_clock.Elapsed.TotalSeconds:0} s: nothing lost");
    }

    public async Task<long> Received() => await Number("select coalesce(sum(received), 0)::bigint from (select received from gatekeeper.ledger union all select received from system_of_record.ledger) as ledgers");

    /// <summary>Asks again where the connection had been cut.</summary>
    public Task<long> Number(string sql) => Eventually("the database answers", () => _world.Number(sql), _ => true, TimeSpan.FromSeconds(60));

    public void Say(FormattableString text) => Console.WriteLine($"{_name}: {FormattableString.Invariant(text)}");

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Services) await service.DisposeAsync();
        await _site.IsWell();
        try
        {
            await _publishing;
        }
        finally
        {
            await _world.DisposeAsync();
        }
    }
}
