using Pipeline.Contracts;
using RabbitMQ.Client;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// Every exchange, queue and binding of the pipeline, in one place. Whichever service starts first declares all of it, so
/// that no outside message can arrive before there is a queue to keep it.
/// </summary>
public static class BrokerTopology
{
    public const string Children = "gatekeeper-children";
    public const string UsageEvents = "gatekeeper-usage-events";
    public const string Evidence = "gatekeeper-evidence";
    public const string AccountRecords = "system-of-record-accounts";
    public const string AccountSaga = "system-of-record-saga";

    /// <summary>Takes what is published to an exchange of ours that no queue is bound to, where the broker has our policy (<see cref="Policies"/>).</summary>
    public const string Unroutable = "unroutable";

    /// <summary>Deliveries after which the broker itself gives a message up; far above what our own handling of poison messages needs.</summary>
    private const int DeliveryLimit = 20;

    /// <summary>For the queue of the dead, from which there is no further place to go. RabbitMQ 4 would set 20 and then delete; 3.10 has no word for none.</summary>
    private const int NoDeliveryLimit = 1_000_000_000;

    private static readonly (string Queue, string[] Exchanges)[] Consumers =
    [
        (Children, [Exchanges.ChildObjectReceived]),
        (UsageEvents, [Exchanges.UsageEventReceived]),
        (Evidence, [Exchanges.AccountDiscovered, Exchanges.UserMapped, Exchanges.AccountAdmitted, Exchanges.AccountRefused, Exchanges.AccountWithdrawn]),
        (AccountRecords, [Exchanges.AccountDiscovered]),
    ];

    /// <summary>Where MassTransit puts what its endpoint failed on, and what it had no use for; as it declares them itself at the first fault, each with an exchange of its name.</summary>
    private static readonly string[] MassTransitQueues = [$"{AccountSaga}_error", $"{AccountSaga}_skipped"];

    /// <summary>Every queue that dead letters come by.</summary>
    public static IReadOnlyList<string> DeadQueues { get; } = [DeadLetterQueue.Name, Unroutable, .. MassTransitQueues];

    /// <summary>Every queue with its arguments, the queue of the dead first.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyDictionary<string, object?> Arguments)> Queues { get; } =
    [
        (DeadLetterQueue.Name, new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = NoDeliveryLimit }),
        .. ((string[])[Unroutable, ReplayDecided.Queue, LateAnswers.Queue, AccountSaga, .. MassTransitQueues, .. Consumers.Select(consumer => consumer.Queue)])
            .Select(name => (name, (IReadOnlyDictionary<string, object?>)GuardedQuorum())),
    ];

    /// <summary>Every exchange: durable fanouts, so that no publisher needs a routing key.</summary>
    public static IReadOnlyList<string> Fanouts { get; } = [.. Exchanges.All, Unroutable, .. MassTransitQueues];

    public static IReadOnlyList<(string Exchange, string Queue)> Bindings { get; } =
    [
        .. Consumers.SelectMany(consumer => consumer.Exchanges.Select(exchange => (exchange, consumer.Queue))),
        .. ((string[])[Unroutable, .. MassTransitQueues]).Select(name => (name, name)),
    ];

    /// <summary>
    /// What a broker is given beside this by infra/rabbitmq/definitions.json (decision 13). Nobody declares an exchange with
    /// our arguments but we, and a publisher that declares it without them would be refused; so the alternate exchange is a
    /// policy. The guard of the queues is there once more, for a queue that somebody else has declared.
    /// </summary>
    public static IReadOnlyList<BrokerPolicy> Policies { get; } =
    [
        new("pipeline-unroutable", Names(Consumers.SelectMany(consumer => consumer.Exchanges)), "exchanges", new Dictionary<string, object> { ["alternate-exchange"] = Unroutable }),
        new("pipeline-guard", Names(Queues.Select(queue => queue.Name).Where(name => name != DeadLetterQueue.Name)), "queues", AsPolicy(GuardedQuorum())),
        new("pipeline-dead-letters", Names([DeadLetterQueue.Name]), "queues", new Dictionary<string, object> { ["delivery-limit"] = NoDeliveryLimit }),
    ];

    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var exchange in Fanouts)
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
        foreach (var (name, arguments) in Queues)
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments.ToDictionary(), cancellationToken: cancellation);
        foreach (var (exchange, queue) in Bindings)
            await channel.QueueBindAsync(queue, exchange, routingKey: "", cancellationToken: cancellation);
    }

    /// <summary>
    /// A quorum queue whose messages end in the queue of the dead when the broker gives them up. Without a dead-letter
    /// exchange the broker would delete them; without at-least-once and reject-publish it could lose them on the way
    /// (RabbitMQ, quorum queues: dead-lettering).
    /// </summary>
    public static Dictionary<string, object?> GuardedQuorum() => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-overflow"] = "reject-publish",
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = DeadLetterQueue.Name,
    };

    private static string Names(IEnumerable<string> names) => $"^({string.Join('|', names.Distinct().Order(StringComparer.Ordinal))})$";

    private static Dictionary<string, object> AsPolicy(Dictionary<string, object?> arguments) =>
        arguments.Where(argument => argument.Key != "x-queue-type").ToDictionary(argument => argument.Key["x-".Length..], argument => argument.Value!);
}

/// <summary>A policy of the broker.</summary>
/// <param name="Pattern">A regular expression for the names of what it holds for.</param>
/// <param name="AppliesTo"><c>exchanges</c> or <c>queues</c>.</param>
public sealed record BrokerPolicy(string Name, string Pattern, string AppliesTo, IReadOnlyDictionary<string, object> Definition);
