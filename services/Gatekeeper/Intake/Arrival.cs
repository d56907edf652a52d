using System.Diagnostics;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Intake;

/// <summary>One delivery of a batch: read, or found unreadable, with the span that tells its story in the publisher's own trace.</summary>
internal sealed record Arrival(Child? Child, UnreadableLetter? Unreadable, Activity? Span)
{
    public static Arrival Of(Delivery delivery, ChildKinds kinds)
    {
        var span = Telemetry.Activities.CreateActivity("decide child", ActivityKind.Consumer, delivery.Trace)?.Start();
        return Child.Read(delivery.Body, delivery.MessageId, span?.Id ?? delivery.TraceParent, kinds).Succeeded(out var child, out var refusal)
            ? new Arrival(Replay.Of(delivery) is { } replay ? child with { Replay = replay } : child, null, span)
            : new Arrival(null, Letter(delivery, refusal), span);
    }

    /// <summary>The letter for a delivery that has no place as a child, by whichever way it came.</summary>
    public static UnreadableLetter Letter(Delivery delivery, Refusal refusal) =>
        new(delivery.ContentId, Exchanges.ChildObjectReceived, StatedSource.Of(delivery.Body) ?? LedgerEntry.UnknownSource, refusal, delivery);

    /// <summary>Ends the span as if it had never been: the message is decided on later.</summary>
    public void Leave()
    {
        if (Span is null) return;
        Span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // so that it is not exported
        Span.Dispose();
    }

    /// <summary>Ends the span with what became of the message.</summary>
    public void Tell(Outcome outcome, Decision? decision)
    {
        if (Span is null) return;
        Span.SetTag("pipeline.outcome", outcome.ToString().ToLowerInvariant());
        if (Child is { } child)
            Span.SetTag("pipeline.source", child.Source).SetTag("pipeline.object_type", child.ObjectType).SetTag("pipeline.native_id", child.NativeId);
        switch (decision)
        {
            case Decision.Accept accept:
                Span.SetTag("pipeline.account_id", accept.Account.Text);
                break;
            case Decision.Park park:
                Span.SetTag("pipeline.waits_for", DeadLetter.Text(park.WaitsFor.ToClaim()));
                break;
            case Decision.Refuse refuse:
                Span.SetTag("pipeline.reason", refuse.Refusal.Reason.Code);
                break;
        }

        if (Unreadable is { } letter) Span.SetTag("pipeline.reason", letter.Refusal.Reason.Code);
    }
}
