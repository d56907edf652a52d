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

    /// <summary>Where a replay would publish it; empty where that is not known.</summary>
    public required string Exchange { get; init; }

    public required string SourceQueue { get; init; }

    public string? MessageId { get; init; }

    public string? WaitedFor { get; init; }

    public required Delivery Delivery { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

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
        return new Letter
        {
            Id = Guid.TryParse(headers.GetValueOrDefault(Headers.Id), out var id) ? id : delivery.ContentId,
            Reason = reason.Code,
            Sentence = headers.GetValueOrDefault(Headers.Sentence, reason.Sentence),
            Source = headers.GetValueOrDefault(Headers.Source),
            ObjectType = headers.GetValueOrDefault(Headers.ObjectType),
            NativeId = headers.GetValueOrDefault(Headers.NativeId),
            Exchange = headers.GetValueOrDefault(Headers.Exchange, ""),
            SourceQueue = headers.GetValueOrDefault(Headers.SourceQueue, delivery.Queue),
            MessageId = headers.GetValueOrDefault(Headers.MessageId),
            WaitedFor = headers.GetValueOrDefault(Headers.WaitedFor),
            Delivery = delivery,
            FirstSeen = DateTimeOffset.TryParse(headers.GetValueOrDefault(Headers.FirstSeen), CultureInfo.InvariantCulture, out var seen) ? seen.ToUniversalTime() : now,
            CountedByUs = reason == Contracts.Reason.RecordUnmappable,
        };
    }

    /// <summary>Sent here by the broker, which gave it up or had no queue for it, or by MassTransit, which failed on it or had no use for it.</summary>
    private static Letter Untold(Delivery delivery, DateTimeOffset now)
    {
        var unroutable = delivery.Queue == BrokerTopology.Unroutable;
        var refusal = unroutable ? new Refusal(Contracts.Reason.Unroutable, $"No queue was bound to {delivery.Exchange}.") : GivenUp(delivery);
        return new Letter
        {
            Id = delivery.ContentId,
            Reason = refusal.Reason.Code,
            Sentence = refusal.Sentence,
            Source = StatedSource.Of(delivery.Body),
            Exchange = delivery.Headers.GetValueOrDefault("x-first-death-exchange", unroutable ? delivery.Exchange : ""),
            SourceQueue = delivery.Headers.GetValueOrDefault("x-first-death-queue", delivery.Queue),
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
