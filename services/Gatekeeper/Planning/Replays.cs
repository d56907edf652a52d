using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Broker;
using static Pipeline.Contracts.ReplayDecided;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>What the office is told of a message that it replayed: where it is now, whatever it was before. Pure.</summary>
internal static class Replays
{
    /// <param name="history">As it is after the message.</param>
    public static ReplayDecided Of(Replay replay, Child child, ObjectHistory history, Decision decision) => (history.PlaceOf(child), decision) switch
    {
        (AcceptedVersion accepted, _) => Place(replay, Places.Accepted, $"under account {accepted.Account.Text}"),
        (ParkedVersion, Decision.Park park) => Place(replay, Places.Parked, $"waits for {DeadLetter.Text(park.WaitsFor.ToClaim())}"),
        (ParkedVersion, _) => Place(replay, Places.Parked, null),
        (null, Decision.Refuse refuse) => Dead(replay, child.DeadLetterId, refuse.Refusal),
        _ => Place(replay, Places.Superseded, "a newer version is known"),
    };

    /// <summary>Of what says something about keys and accounts, and is no object.</summary>
    public static ReplayDecided Heard(Replay replay) => Place(replay, Places.Accepted, "it was heard");

    public static ReplayDecided Dead(Replay replay, Guid deadLetterId, Refusal refusal) =>
        Place(replay, Places.DeadLettered, refusal.Sentence) with { Reason = refusal.Reason.Code, DeadLetterId = deadLetterId };

    private static ReplayDecided Place(Replay replay, string place, string? detail) => new() { ReplayId = replay.Id, DecidedBy = replay.Queue, Place = place, Detail = detail };
}
