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

    /// <summary>Deliveries after which the broker itself gives a message up; far above what our own handling of poison messages needs.</summary>
    private const int DeliveryLimit = 20;

    private static readonly (string Queue, string[] Exchanges)[] Bindings =
    [
        (Children, [Exchanges.ChildObjectReceived]),
        (UsageEvents, [Exchanges.UsageEventReceived]),
        (Evidence, [Exchanges.AccountDiscovered, Exchanges.UserMapped, Exchanges.AccountAdmitted, Exchanges.AccountRefused, Exchanges.AccountWithdrawn]),
        (AccountRecords, [Exchanges.AccountDiscovered]),
    ];

    /// <summary>Where MassTransit puts what its endpoint failed on, and what it had no use for.</summary>
    private static readonly string[] MassTransitQueues = [$"{AccountSaga}_error", $"{AccountSaga}_skipped"];

    /// <summary>Every queue that dead letters come by.</summary>
    public static IEnumerable<string> DeadQueues => MassTransitQueues.Prepend(DeadLetterQueue.Name);

    public static IEnumerable<string> Queues => Bindings.Select(binding => binding.Queue).Append(AccountSaga).Concat(DeadQueues);

    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var exchange in Exchanges.All)
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);

        await channel.QueueDeclareAsync(DeadLetterQueue.Name, durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);

        await channel.QueueDeclareAsync(AccountSaga, durable: true, exclusive: false, autoDelete: false, GuardedQuorum(), cancellationToken: cancellation);
        foreach (var queue in MassTransitQueues)
        {
            // As MassTransit declares them at the first fault: an exchange of the same name, and the arguments of the queue that they serve.
            await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, GuardedQuorum(), cancellationToken: cancellation);
            await channel.QueueBindAsync(queue, queue, routingKey: "", cancellationToken: cancellation);
        }

        foreach (var (queue, exchanges) in Bindings)
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, GuardedQuorum(), cancellationToken: cancellation);
            foreach (var exchange in exchanges)
                await channel.QueueBindAsync(queue, exchange, routingKey: "", cancellationToken: cancellation);
        }
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
}
