using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher.Portal;

/// <summary>All that the portal sends, in its order.</summary>
public sealed class PortalScript : IPublishOutside
{
    private const string TurnedRound = "BK-80001";

    private readonly bool _sent;
    private readonly PortalSending[] _sendings;

    public PortalScript(AccountWorld world, SimulatorSettings settings)
    {
        (_sent, Pace) = (settings.Publish, settings.PublishPerSecond);
        _sendings = [.. Script(world)];
        Messages = [.. _sendings.Select(sending => sending.Message)];
    }

    public string Name => "portal";

    public int Pace { get; }

    public IReadOnlyList<OutsideMessage> Messages { get; }

    /// <summary>Nothing is expected of a publisher that is off. An object that is sent twice is one object.</summary>
    public IEnumerable<ChildTruth> Children => _sent ? _sendings.Select(sending => sending.End).Distinct() : [];

    /// <summary>The good and the bad, mixed; then a newer version before the older one, and a message twice.</summary>
    private static IEnumerable<PortalSending> Script(AccountWorld world)
    {
        PortalSending[] mixed = Chance.Shuffled(PortalObjects.Of(world).Concat(PortalMistakes.Of(world)), Chance.Of(world.Seed, "portal order"));
        var account = world.Of(AccountKind.Good).Last();
        var end = new ChildTruth("portal", "booking", TurnedRound, ChildTruth.Accepted, AccountId: account.AccountId);
        var noon = new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
        return
        [
            .. mixed,
            new(Version("newer", noon.AddHours(1), "moved"), end),
            new(Version("older", noon, "booked"), end),
            mixed.First(sending => sending.End.Place == ChildTruth.Accepted),
        ];

        OutsideMessage Version(string name, DateTimeOffset at, string status) => PortalObjects.Message(
            world.Seed, $"{TurnedRound} {name}", PortalObjects.Body("booking", TurnedRound, account.StatedId.GetRawText(), at, new { status }));
    }
}
