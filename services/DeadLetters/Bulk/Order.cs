using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Search;
using Pipeline.Hosting.Broker;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>An order that has been read and can be carried out. Pure.</summary>
public sealed record Order
{
    public const string Replay = "replay";
    public const string Discard = "discard";
    public const string Restore = "restore";

    /// <summary>Messages a second, where nothing is said.</summary>
    public const double DefaultPace = 200;

    /// <summary>Share of failures, where nothing is said.</summary>
    public const double DefaultStopAt = 0.5;

    private const int MostNamed = 10_000;

    /// <summary>Who tells the office what became of a message: whatever the pipeline's own services take in.</summary>
    public static readonly string[] Telling =
        [Exchanges.AccountDiscovered, Exchanges.ChildObjectReceived, Exchanges.UsageEventReceived, Exchanges.UserMapped, Exchanges.AccountAdmitted, Exchanges.AccountRefused, Exchanges.AccountWithdrawn];

    public required string Kind { get; init; }

    /// <summary>The letters that it is about, whatever their state.</summary>
    public required Criterion Criterion { get; init; }

    public string? Query { get; init; }

    /// <summary>At most so many, the oldest first; null for all.</summary>
    public long? Most { get; init; }

    public required string Author { get; init; }

    public required string Reason { get; init; }

    public double Pace { get; init; }

    public bool Ramp { get; init; }

    public double StopAt { get; init; }

    /// <summary>Where to, in place of where each came from; null for there. Empty for straight to the queue.</summary>
    public string? Exchange { get; init; }

    public string RoutingKey { get; init; } = "";

    public IReadOnlyList<RepairStep>? Steps { get; init; }

    public Repair? Repair { get; init; }

    public byte[]? Body { get; init; }

    /// <summary>The state that letters must be in to be acted on.</summary>
    public string ActsOn => Kind == Restore ? "discarded" : "open";

    /// <param name="sources">The only sources whose letters whoever orders may touch; null for all.</param>
    /// <returns>The order, or what is wrong with it and what to write.</returns>
    public static (Order? Order, string? Mistake) Of(OperationOrder order, IReadOnlyList<string>? sources)
    {
        if (order.Kind is not (Replay or Discard or Restore)) return Wrong($"'{order.Kind}' is no operation. Write replay, discard or restore.");
        if (string.IsNullOrWhiteSpace(order.Author)) return Wrong("It says not who orders it: give an author.");
        if (string.IsNullOrWhiteSpace(order.Reason)) return Wrong("It says not why: give a reason. Others will read it.");
        if (order.Letters is { Count: > MostNamed }) return Wrong($"It names more than {MostNamed} letters. Describe them by a query.");
        if (order.Letters is null && order.Query is null) return Wrong("It says not which letters: name them, or describe them by a query. An empty query is all.");
        if (order.Most is < 1) return Wrong("most is 1 or more letters.");
        if (order.Pace is { } pace && pace is not (>= 0.1 and <= 5000)) return Wrong("pace is 0.1 to 5000 messages a second.");
        if (order.StopAt is { } share && share is not (>= 0 and <= 1)) return Wrong("stop_at is a share of failures, 0 to 1.");
        if (order.Kind != Replay && (order.Repair is { Count: > 0 } || order.Body is not null || order.Exchange is not null || order.RoutingKey is not null)) return Wrong($"Only a replay changes or redirects messages, not a {order.Kind}.");
        if (order.Body is not null && order.Letters is not { Count: 1 }) return Wrong("A body is for one letter: name it. For many use repair.");
        if (order.Body is not null && order.Repair is { Count: > 0 }) return Wrong("Give a body or a repair, not both.");
        if (order.Exchange is "" && string.IsNullOrEmpty(order.RoutingKey)) return Wrong("Straight to a queue needs its name as routing_key.");
        var (criterion, unread) = SearchReader.Read(order.Letters is null ? order.Query : null);
        if (unread is not null) return Wrong(unread);
        var (repair, misfit) = order.Repair is { Count: > 0 } steps ? Bulk.Repair.Of(steps) : (null, null);
        return misfit is not null ? Wrong(misfit) : (new Order
        {
            Kind = order.Kind,
            Criterion = (order.Letters is { } named ? new Criterion.Named([.. named.Distinct()]) : criterion!).Of(sources),
            Query = order.Letters is null ? order.Query : null,
            Most = order.Most,
            Author = order.Author.Trim(),
            Reason = order.Reason.Trim(),
            Pace = order.Pace ?? DefaultPace,
            Ramp = order.Ramp ?? true,
            StopAt = order.StopAt ?? DefaultStopAt,
            Exchange = order.Exchange ?? (order.RoutingKey is null ? null : ""),
            RoutingKey = order.RoutingKey ?? "",
            Steps = repair is null ? null : order.Repair,
            Repair = repair,
            Body = order.Body is { } body ? System.Text.Encoding.UTF8.GetBytes(body) : null,
        }, null);
    }

    /// <summary>Whose decision is the fate of a letter; null for anyone's. Two services decide on what systems say of accounts.</summary>
    public const string DeciderSql =
        $"""
        case when exchange <> '{Exchanges.AccountDiscovered}' then null when source_queue = '{BrokerTopology.Evidence}' then '{BrokerTopology.Evidence}' else '{BrokerTopology.AccountRecords}' end
        """;

    private static (Order?, string?) Wrong(string mistake) => (null, mistake);
}
