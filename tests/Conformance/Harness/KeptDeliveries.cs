using Pipeline.Connectors.Webhooks;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The database's place for deliveries: the same promises, in memory.</summary>
public sealed class KeptDeliveries(TimeProvider time) : IKeepDeliveries
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Row> _rows = [];

    public Death Death { get; set; } = Death.Never;

    /// <summary>Awaited before each set is kept.</summary>
    public Func<Task> BeforeKeeping { get; set; } = () => Task.CompletedTask;

    /// <summary>How many sets were kept.</summary>
    public int Sets { get; private set; }

    public IReadOnlyList<DeliveryEnd> Ends
    {
        get
        {
            lock (_lock) return [.. _rows.Values.Where(row => row.End is not null).Select(row => row.End!.Value)];
        }
    }

    public async Task<IReadOnlySet<Guid>> AddAsync(IReadOnlyList<NewDelivery> deliveries, CancellationToken cancellation)
    {
        await BeforeKeeping();
        lock (_lock)
        {
            Sets++;
            return deliveries.Where(delivery => _rows.TryAdd(delivery.Id, new Row(delivery, time.GetUtcNow(), 0, null))).Select(delivery => delivery.Id).ToHashSet();
        }
    }

    public Task<IReadOnlyList<KeptDelivery>> TakeAsync(string system, int most, TimeSpan hold, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var due = _rows.Values.Where(row => row.Delivery.System == system && row.End is null && row.DueAt <= time.GetUtcNow()).Take(most).ToList();
            foreach (var row in due) _rows[row.Delivery.Id] = row with { DueAt = time.GetUtcNow() + hold };
            return Task.FromResult<IReadOnlyList<KeptDelivery>>([.. due.Select(row => new KeptDelivery(row.Delivery.Id, row.Delivery.Body, row.Failures, row.Delivery.TraceParent))]);
        }
    }

    public Task EndAsync(IReadOnlyList<(Guid Id, DeliveryEnd End)> ended, CancellationToken cancellation)
    {
        Death.Step();
        lock (_lock)
            foreach (var (id, end) in ended) _rows[id] = _rows[id] with { End = end };
        return Task.CompletedTask;
    }

    public Task PostponeAsync(IReadOnlyList<Guid> ids, TimeSpan wait, bool failed, CancellationToken cancellation)
    {
        lock (_lock)
            foreach (var id in ids) _rows[id] = _rows[id] with { DueAt = time.GetUtcNow() + wait, Failures = _rows[id].Failures + (failed ? 1 : 0) };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, long>> PendingAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyDictionary<string, long>>(_rows.Values.Where(row => row.End is null).GroupBy(row => row.Delivery.System).ToDictionary(system => system.Key, system => system.LongCount()));
    }

    public Task<int> ForgetAsync(TimeSpan age, CancellationToken cancellation) => Task.FromResult(0);

    private sealed record Row(NewDelivery Delivery, DateTimeOffset DueAt, int Failures, DeliveryEnd? End);
}
