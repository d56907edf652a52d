using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Hosting.Broker;
using static Pipeline.Contracts.DeadLetterQueue;

namespace Pipeline.DeadLetters.Capture;

/// <summary>
/// A dead letter as the office keeps it, whoever sent it here: one of our services with its reason in the headers, the broker
/// itself, or MassTransit. Pure.
/// </summary>
public sealed record Letter
{
    public required Guid Id { get; init; }

    public required string Reason { get; init; }

    public required string Sentence { get; init; }

    public string? Source { get; init; }

    public string? ObjectType { get; init; }

    public string? NativeId { get; init; }

    /// <summary>The account_id that the body states; shown and searched, and nothing is decided by it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The object's own time, as the body states it.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Where a replay would publish it; empty where it goes straight to the queue that <see cref="RoutingKey"/> names, or nowhere where that is empty too.</summary>
    public required string Exchange { get; init; }

    /// <summary>The routing key that it had; for a message that came to one queue only, that queue.</summary>
    public string RoutingKey { get; init; } = "";

    public required string SourceQueue { get; init; }

    public string? MessageId { get; init; }

    public string? WaitedFor { get; init; }

    public required Delivery Delivery { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was given up this time; null where who sent it does not say, or where it is no new death.</summary>
    public DateTimeOffset? DiedAt { get; init; }

    /// <summary>The replay that it comes back from, where its consumer keeps the headers of what it fails on.</summary>
    public Guid? ReplayId => Delivery.ReplayId;

    /// <summary>Whether the ledger of this office must count it, because no service did.</summary>
    public required bool CountedByUs { get; init; }

    public static Letter Of(Delivery delivery, DateTimeOffset now)
    {
        var headers = delivery.Headers;
        var reason = Contracts.Reason.Find(headers.GetValueOrDefault(Headers.Reason));
        return reason is not null ? Told(delivery, reason, now) : Untold(delivery, now);
    }

    /// <summary>A service of ours says why. What a connector could not map is counted here, for it never became a message.</summary>
    private static Letter Told(Delivery delivery, Reason reason, DateTimeOffset now)
    {
        var headers = delivery.Headers;
        var stated = Stated.Of(delivery.Body);
        return new Letter
        {
            Id = Guid.TryParse(headers.GetValueOrDefault(Headers.Id), out var id) ? id : delivery.ContentId,
            Reason = reason.Code,
            Sentence = headers.GetValueOrDefault(Headers.Sentence, reason.Sentence),
            Source = headers.GetValueOrDefault(Headers.Source),
            ObjectType = headers.GetValueOrDefault(Headers.ObjectType) ?? stated.ObjectType,
            NativeId = headers.GetValueOrDefault(Headers.NativeId) ?? stated.NativeId,
            AccountId = stated.AccountId,
            ObservedAt = stated.ObservedAt,
            Exchange = headers.GetValueOrDefault(Headers.Exchange, ""),
            SourceQueue = headers.GetValueOrDefault(Headers.SourceQueue, delivery.Queue),
            MessageId = headers.GetValueOrDefault(Headers.MessageId),
            WaitedFor = headers.GetValueOrDefault(Headers.WaitedFor),
            Delivery = delivery,
            FirstSeen = DateTimeOffset.TryParse(headers.GetValueOrDefault(Headers.FirstSeen), CultureInfo.InvariantCulture, out var seen) ? seen.ToUniversalTime() : now,
            DiedAt = DateTimeOffset.TryParse(headers.GetValueOrDefault(Headers.DiedAt), CultureInfo.InvariantCulture, out var died) ? died.ToUniversalTime() : null,
            CountedByUs = reason == Contracts.Reason.RecordUnmappable,
        };
    }

    /// <summary>Sent here by the broker, which gave it up or had no queue for it, or by MassTransit, which failed on it or had no use for it.</summary>
    private static Letter Untold(Delivery delivery, DateTimeOffset now)
    {
        var unroutable = delivery.Queue == BrokerTopology.Unroutable;
        var stated = Stated.Of(delivery.Body);
        var origin = Origin.Of(delivery);
        var refusal = unroutable ? new Refusal(Contracts.Reason.Unroutable, $"No queue was bound to {delivery.Exchange}.") : GivenUp(delivery);
        return new Letter
        {
            Id = delivery.ContentId,
            Reason = refusal.Reason.Code,
            Sentence = refusal.Sentence,
            Source = StatedSource.Of(delivery.Body),
            ObjectType = stated.ObjectType,
            NativeId = stated.NativeId,
            AccountId = stated.AccountId,
            ObservedAt = stated.ObservedAt,
            Exchange = origin.Exchange,
            RoutingKey = origin.RoutingKey,
            SourceQueue = origin.Queue,
            DiedAt = now,
            MessageId = delivery.MessageId,
            Delivery = delivery,
            FirstSeen = now,
            CountedByUs = true,
        };
    }

    private static Refusal GivenUp(Delivery delivery)
    {
        if (delivery.Headers.TryGetValue("MT-Fault-Message", out var failure))
            return new Refusal(Contracts.Reason.HandlerFailed, $"{delivery.Headers.GetValueOrDefault("MT-Fault-ExceptionType")}: {failure.TrimEnd('.')}.");
        return new Refusal(delivery.Queue == Name ? Contracts.Reason.DeliveryLimitReached : Contracts.Reason.HandlerFailed, $"It came by the queue {delivery.Queue} without a reason.");
    }
}
