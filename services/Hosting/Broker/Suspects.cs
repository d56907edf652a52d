using System.Threading.RateLimiting;
using Npgsql;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// Deliveries that were handed out before and never answered: one of them may be what kills the process. They are decided in
/// small groups, the smaller the more often, while nothing else of the process is; each group is noted before it is tried, and
/// struck off after. So when the process is killed again the notes say by whom, and what lay beside it goes free.
/// </summary>
public sealed class Suspects(NpgsqlDataSource database) : IDisposable
{
    private const int Everybody = 1000;

    /// <summary>How many are tried together when they were noted never, once and twice before; after that a message stands alone.</summary>
    internal static readonly IReadOnlyList<int> GroupSizes = [100, 10, 1];

    private readonly ConcurrencyLimiter _room = new(new() { PermitLimit = Everybody, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    public static bool Is(Delivery delivery) => delivery.EarlierDeliveries > 0;

    /// <summary>The batch in its order, cut where suspects begin and end.</summary>
    public static IEnumerable<IReadOnlyList<Delivery>> Apart(IReadOnlyList<Delivery> batch)
    {
        for (var (begin, end) = (0, 1); begin < batch.Count; end++)
        {
            if (end < batch.Count && Is(batch[end]) == Is(batch[begin])) continue;
            yield return begin == 0 && end == batch.Count ? batch : [.. batch.Skip(begin).Take(end - begin)];
            begin = end;
        }
    }

    /// <summary>Suspects cut into groups to be tried, in order.</summary>
    /// <param name="noted">How often each was noted before, by <see cref="Delivery.ContentId"/>.</param>
    public static IEnumerable<SuspectGroup> Groups(IReadOnlyList<Delivery> suspects, IReadOnlyDictionary<Guid, int> noted)
    {
        var group = new List<Delivery>();
        var level = 0;
        foreach (var delivery in suspects)
        {
            var times = noted.GetValueOrDefault(delivery.ContentId);
            if (group.Count > 0 && (times != level || group.Count == (level < GroupSizes.Count ? GroupSizes[level] : 1)))
            {
                yield return new SuspectGroup(group, level);
                group = [];
            }

            level = times;
            group.Add(delivery);
        }

        if (group.Count > 0) yield return new SuspectGroup(group, level);
    }

    /// <summary>Held while a batch is decided; suspects are decided while nobody else holds one.</summary>
    public async ValueTask<IDisposable> EnterAsync(bool alone, CancellationToken cancellation) => await _room.AcquireAsync(alone ? Everybody : 1, cancellation);

    public async Task<IReadOnlyDictionary<Guid, int>> NotedAsync(IReadOnlyList<Delivery> suspects, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select delivery, attempts from suspects where delivery = any($1)");
        command.Parameters.Add(new() { Value = Keys(suspects) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var noted = new Dictionary<Guid, int>();
        while (await rows.ReadAsync(cancellation)) noted[rows.GetGuid(0)] = rows.GetInt32(1);
        return noted;
    }

    public Task NoteAsync(SuspectGroup group, CancellationToken cancellation) => RunAsync(
        "insert into suspects (delivery, attempts) select unnest($1), 1 on conflict (delivery) do update set attempts = suspects.attempts + 1, noted_at = clock_timestamp()", group, cancellation);

    public Task ForgetAsync(SuspectGroup group, CancellationToken cancellation) => RunAsync("delete from suspects where delivery = any($1)", group, cancellation);

    public void Dispose() => _room.Dispose();

    private async Task RunAsync(string sql, SuspectGroup group, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Keys(group.Deliveries) });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static Guid[] Keys(IEnumerable<Delivery> deliveries) => [.. deliveries.Select(delivery => delivery.ContentId).Distinct()];
}

/// <summary>Suspects that are tried together.</summary>
/// <param name="Noted">How often each was noted before.</param>
public sealed record SuspectGroup(IReadOnlyList<Delivery> Deliveries, int Noted)
{
    /// <summary>Whether it is one message that is tried by itself and for the last time: should the process end now, it was this message.</summary>
    public bool IsTriedAlone => Noted == Suspects.GroupSizes.Count - 1;

    /// <summary>Whether it is one message that was tried alone before, and ended the process each time: with the first time, unnoted, four times.</summary>
    public bool IsGivenUp => Noted >= Suspects.GroupSizes.Count;
}
