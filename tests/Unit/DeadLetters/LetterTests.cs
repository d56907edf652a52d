using System.Text;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Capture;
using Pipeline.Hosting.Broker;

namespace Pipeline.Unit.Tests.DeadLetters;

public sealed class LetterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_a_service_says_of_a_dead_letter_is_kept_as_it_says_it()
    {
        var said = new DeadLetter
        {
            Id = StableId.Of("x"), Refusal = new Refusal(Reason.AccountNeverAppeared, "It waited."), Body = Encoding.UTF8.GetBytes("{}"), Exchange = "child-object-received",
            SourceQueue = "gatekeeper-children", FirstSeen = Now.AddDays(-14), DiedAt = Now, Source = "desk", ObjectType = "ticket", NativeId = "1", WaitedFor = new Claim(ClaimKind.Parent, "7", "desk"),
        }.ToOutgoing();
        var letter = Letter.Of(new Delivery { Tag = 1, Queue = DeadLetterQueue.Name, Exchange = "", Body = said.Body, Headers = said.Headers }, Now);
        Assert.Equal((StableId.Of("x"), "account_never_appeared", "parent desk 7", Now.AddDays(-14), false), (letter.Id, letter.Reason, letter.WaitedFor, letter.FirstSeen, letter.CountedByUs));
    }

    [Fact]
    public void What_the_broker_gave_up_is_told_apart_from_what_a_handler_failed_on()
    {
        var byBroker = Letter.Of(Delivery(DeadLetterQueue.Name, ("x-first-death-queue", "gatekeeper-children"), ("x-first-death-exchange", "child-object-received")), Now);
        var byMassTransit = Letter.Of(Delivery("system-of-record-saga_error", ("MT-Fault-Message", "boom."), ("MT-Fault-ExceptionType", "System.Exception")), Now);
        Assert.Equal(("delivery_limit_reached", "gatekeeper-children", "child-object-received", true), (byBroker.Reason, byBroker.SourceQueue, byBroker.Exchange, byBroker.CountedByUs));
        Assert.Equal(("handler_failed", true), (byMassTransit.Reason, byMassTransit.CountedByUs));
        Assert.StartsWith("System.Exception: boom. ", byMassTransit.Sentence);
    }

    [Fact]
    public void What_no_queue_was_bound_for_keeps_the_exchange_that_a_replay_goes_to()
    {
        var letter = Letter.Of(Delivery(BrokerTopology.Unroutable) with { Exchange = "user-mapped" }, Now);
        Assert.Equal(("unroutable", "user-mapped", "unroutable", true), (letter.Reason, letter.Exchange, letter.SourceQueue, letter.CountedByUs));
    }

    [Fact]
    public void A_reason_that_is_not_ours_is_not_believed() =>
        Assert.True(Letter.Of(Delivery(DeadLetterQueue.Name, (DeadLetterQueue.Headers.Reason, "made_up")), Now).CountedByUs);

    [Fact]
    public void The_same_bytes_without_a_header_are_the_same_letter() =>
        Assert.Equal(Letter.Of(Delivery("q"), Now).Id, Letter.Of(Delivery("q"), Now.AddDays(1)).Id);

    private static Delivery Delivery(string queue, params (string Name, string Value)[] headers) =>
        new() { Tag = 1, Queue = queue, Exchange = "", Body = Encoding.UTF8.GetBytes("{\"source\":\"desk\"}"), Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
}
