using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;
using static Pipeline.VendorSimulator.OutsidePublisher.Shop.ShopSending;

namespace Pipeline.VendorSimulator.OutsidePublisher.Shop;

/// <summary>A story as the shop tells it: what it sends first, what it sends when some time has passed, and where that must lead.</summary>
public sealed record ShopStory(string Name, IReadOnlyList<ShopSending> First, IReadOnlyList<ShopSending> Later, string? Leaves = null)
{
    public Story Truth => new(Name, [.. Ends.Values], Leaves);

    /// <summary>Of an object that is sent twice, the newest word.</summary>
    public IReadOnlyDictionary<string, StoryObject> Ends => First.Concat(Later).Select(sending => sending.End).OfType<StoryObject>().GroupBy(end => $"{end.ObjectType} {end.NativeId}").ToDictionary(versions => versions.Key, versions => versions.Last());
}

/// <summary>The hard cases, each as a small story with a name: what looks alike and is not the same, what is one thing for a while and another then.</summary>
public static class ShopStories
{
    private const int Orders = 3;

    public static IReadOnlyList<ShopStory> Of(AccountWorld world, DateTimeOffset day)
    {
        var (numbered, accented, record) = (IdOf(world, 0), IdOf(world, 1), IdOf(world, 2));
        var good = world.Of(AccountKind.Good).Select(account => account.AccountId!).ToArray();
        return
        [
            NearMiss("case", accented, accented.ToUpperInvariant()),
            NearMiss("white_space", accented, accented + " "),
            NearMiss("zero_width", accented, accented.Insert(4, "\u200b")),
            NearMiss("unicode_form", accented, accented.Replace("é", "e\u0301", StringComparison.Ordinal).Replace("ü", "u\u0308", StringComparison.Ordinal)),
            NearMiss("confusable_letters", accented, "\u0421" + accented[1..]), // a Cyrillic C
            NearMiss("trailing_zero_fraction", numbered, numbered + ".0"),
            NearMiss("leading_zeros", numbered, "00" + numbered),
            NearMiss("exponent", numbered, "4.0017E+13"),
            NearMiss("case_checksum", record, record[..15]),
            NearMiss("null_word", "", "N/A"),
            Twins(world),
            Ambiguous(world.Seed, good[0], good[1], day),
            Moving(world.Seed, good[2], good[3], day),
            Leaving(world, day),
        ];

        ShopStory NearMiss(string rule, string known, string written) => new(
            known.Length == 0 ? $"near miss {rule}: {written} is no account" : $"near miss {rule}",
            [.. Enumerable.Range(1, Orders).Select(number => ShopSending.Of(world.Seed, new(Source, "order", $"OR-{rule}-{number}", ChildTruth.Parked, written, Rule: rule), AccountId(written), day.AddHours(-number)))], []);
    }

    /// <summary>Two accounts that differ in case alone: each order goes where it says.</summary>
    private static ShopStory Twins(AccountWorld world) => new(
        "two accounts that differ only in case",
        [.. world.Of(AccountKind.CaseTwin).Select((twin, index) => ShopSending.Of(
            world.Seed, new(Source, "order", $"OR-twin-{index + 1}", ChildTruth.Accepted, twin.AccountId), AccountId(twin.AccountId!), new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero)))],
        []);

    /// <summary>One address belongs to contacts of two accounts, so that what names it could be of either; then one of the contacts gets another.</summary>
    private static ShopStory Ambiguous(int seed, string stays, string changes, DateTimeOffset day)
    {
        const string Address = "einkauf@doppelt.example";
        return new(
            "an ambiguity that settles",
            [
                Contact("CT-1", stays, Address, ""), Contact("CT-2", changes, Address, ""),
                .. Enumerable.Range(1, Orders).Select(number => ShopSending.Of(seed, new(Source, "order", $"OR-email-{number}", ChildTruth.Accepted, stays), $"\"email\":\"{Address}\"", day.AddHours(-3))),
            ],
            [Contact("CT-2", changes, "office@einfach.example", " changed")]);

        ShopSending Contact(string id, string account, string email, string version) => ShopSending.Of(
            seed, new(Source, "contact", id, ChildTruth.Accepted, account), $"{AccountId(account)},\"email\":\"{email}\"", version.Length == 0 ? day.AddHours(-8) : day.AddHours(-1), version: version);
    }

    /// <summary>A user changes the company: what happened before stays where it was.</summary>
    private static ShopStory Moving(int seed, string before, string after, DateTimeOffset day)
    {
        const string User = "shop-user-1";
        return new(
            "a user who moves",
            [Event(1, before), Event(2, before), ShopSending.User(seed, User, before, day.AddDays(-9))],
            [Event(6, after), ShopSending.User(seed, User, after, day.AddDays(-5)), Event(3, before), Event(7, after)]);

        ShopSending Event(int number, string account)
        {
            var at = day.AddDays(number - 9).AddMinutes(17);
            return ShopSending.Of(seed, new(Source, "usage_event", $"EV-user-{number}", ChildTruth.Accepted, account, at), $"\"user_id\":\"{User}\"", at, exchange: "usage-event-received");
        }
    }

    /// <summary>An account is no customer for a while. What it had leaves the view and is back with it; what came meanwhile has waited.</summary>
    private static ShopStory Leaving(AccountWorld world, DateTimeOffset day)
    {
        var account = world.Of(AccountKind.LeavesAndReturns).Single().AccountId!;
        return new("an account that leaves and returns", [.. Numbered(1)], [.. Numbered(1 + Orders)], account);

        IEnumerable<ShopSending> Numbered(int first) => Enumerable.Range(first, Orders).Select(number =>
            ShopSending.Of(world.Seed, new(Source, "order", $"OR-leaving-{number}", ChildTruth.Accepted, account), AccountId(account), day.AddHours(-number)));
    }

    private static string IdOf(AccountWorld world, int index) => world.Of(AccountKind.Misspelled).ElementAt(index).AccountId!;
}
