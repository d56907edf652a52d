using System.Text.Json;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher.Portal;

/// <summary>A message and what must become of the object in it.</summary>
public sealed record PortalSending(OutsideMessage Message, ChildTruth End);

/// <summary>
/// The portal's good messages: bookings and feedback of admitted accounts, and referrals of accounts that never exist. Only
/// referrals get a short deadline in the demo, so that its end does not depend on how fast anything runs.
/// </summary>
public static class PortalObjects
{
    private const int Bookings = 400;
    private const int OfWholeNumbers = 20;
    private const int OfLateAccounts = 30;
    private const int Feedback = 40;
    private const int Referrals = 20;

    private static readonly DateTimeOffset Start = new(2026, 2, 1, 8, 0, 0, TimeSpan.Zero);

    public static IEnumerable<PortalSending> Of(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "portal");
        Account[] admitted = [.. world.Of(AccountKind.Good), .. world.Of(AccountKind.LinkedFromSalesforce), .. world.Of(AccountKind.Contested)];
        Account[] late = [.. world.Of(AccountKind.Late)], numbers = [.. world.Of(AccountKind.WholeNumber)];
        for (var index = 0; index < Bookings; index++)
        {
            var among = index < OfWholeNumbers ? numbers : index < OfWholeNumbers + OfLateAccounts ? late : admitted;
            yield return Accepted(world.Seed, "booking", $"BK-{index + 1:00000}", among[random.Next(among.Length)], random);
        }

        for (var index = 0; index < Feedback; index++)
            yield return Accepted(world.Seed, "feedback", $"FB-{index + 1:00000}", admitted[random.Next(admitted.Length)], random);
        for (var index = 0; index < Referrals; index++)
            yield return OfNoOne(world.Seed, $"RF-{index + 1:00000}", $"Utopia-{index + 1:0000}", random);
    }

    public static OutsideMessage Message(int seed, string name, string body) => OutsideMessage.Of(seed, "portal", name, "child-object-received", body);

    /// <summary>A body in the contract's words. The account_id is written as the account states it: text, or a number.</summary>
    public static string Body(string type, string nativeId, string accountId, DateTimeOffset observedAt, object data) =>
        $$"""{"source":"portal","object_type":"{{type}}","native_id":"{{nativeId}}","observed_at":"{{observedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}}","account_id":{{accountId}},"data":{{JsonSerializer.Serialize(data)}}}""";

    private static PortalSending Accepted(int seed, string type, string nativeId, Account account, Random random) => new(
        Message(seed, nativeId, Body(type, nativeId, account.StatedId.GetRawText(), Observed(random), Data(type, random))),
        new ChildTruth("portal", type, nativeId, ChildTruth.Accepted, AccountId: account.AccountId));

    private static PortalSending OfNoOne(int seed, string nativeId, string accountId, Random random) => new(
        Message(seed, nativeId, Body("referral", nativeId, $"\"{accountId}\"", Observed(random), Data("referral", random))),
        new ChildTruth("portal", "referral", nativeId, ChildTruth.DeadLettered, "account_never_appeared", accountId));

    private static DateTimeOffset Observed(Random random) => Start.AddSeconds(random.Next(8_000_000));

    private static object Data(string type, Random random) => type == "booking"
        ? new { room = $"R{random.Next(1, 40)}", seats = random.Next(1, 20) }
        : new { score = random.Next(0, 11), comment = "Danke, läuft." };
}
