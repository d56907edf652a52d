using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>A row of the table of the dead; the child is null where the body could not be read as one.</summary>
internal sealed record DeadRow(Guid Id, string Stream, string Source, Child? Child, Refusal Refusal, string? TraceParent)
{
    public static DeadRow Of(Guid id, DeadVersion dead) =>
        new(id, Exchanges.ChildObjectReceived, dead.Child.Source, dead.Child, dead.Refusal, dead.Child.TraceParent);

    public static DeadRow Of(UnreadableLetter letter) => new(letter.DeadLetterId, letter.Stream, letter.Source, null, letter.Refusal, letter.Delivery.TraceParent);
}
