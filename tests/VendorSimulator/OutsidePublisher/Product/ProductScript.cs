using System.Globalization;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher.Product;

/// <summary>
/// The company's own product: what its users do, in bulk, and the table of its users. Most events name only a user, some the
/// account as well; a few users are in no table. The table comes after the first events, so those have to wait for it.
/// </summary>
public sealed class ProductScript : IPublishOutside
{
    private const string Events = "usage-event-received";
    private const string Users = "user-mapped";

    private static readonly string[] Features = ["report", "dashboard", "import", "search", "invite", "export"];

    private readonly bool _sent;
    private readonly Lazy<(OutsideMessage[] Messages, ChildTruth[] Ends)> _all;

    public ProductScript(AccountWorld world, SimulatorSettings simulator, ProductSettings settings, TimeProvider clock)
    {
        (_sent, Pace) = (simulator.Publish, settings.Pace);
        // Of today, for events of long ago are let go.
        var day = clock.GetUtcNow().UtcDateTime.Date;
        _all = new(() => All(world, settings, day));
    }

    public string Name => "product";

    public int Pace { get; }

    public IReadOnlyList<OutsideMessage> Messages => _all.Value.Messages;

    public IEnumerable<ChildTruth> Children => _sent ? _all.Value.Ends : [];

    private static (OutsideMessage[], ChildTruth[]) All(AccountWorld world, ProductSettings settings, DateTime day)
    {
        var random = Chance.Of(world.Seed, "product");
        var users = ProductUser.Of(world, settings.Users);
        var share = new Share<ProductUser>(users, random);
        var events = Enumerable.Range(0, settings.UsageEvents).Select(index => Event(world.Seed, index, share.Next(index), day, random)).ToArray();
        var table = users.Where(user => user.IsInTheTable).Select(user => Mapping(world.Seed, user, day));
        var before = events.Length / 5;
        return ([.. events.Take(before).Select(one => one.Message), .. table, .. events.Skip(before).Select(one => one.Message)], [.. events.Select(one => one.End)]);
    }

    private static (OutsideMessage Message, ChildTruth End) Event(int seed, int index, ProductUser user, DateTime day, Random random)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"EV-{index + 1:0000000}");
        var at = day.AddMilliseconds(-random.NextInt64(20 * 24 * 3600 * 1000L));
        var named = user.AccountId is not null && random.Next(10) == 0;
        var claim = named ? $"\"account_id\":\"{user.AccountId}\"" : $"\"user_id\":\"{user.Id}\"";
        var body = $$$"""{"source":"product","object_type":"usage_event","native_id":"{{{id}}}","observed_at":"{{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}}",{{{claim}}},"data":{"feature":"{{{Features[random.Next(Features.Length)]}}}","seconds":{{{random.Next(1, 600)}}}}}""";
        var accepted = user.LetsIn && (named || user.IsInTheTable);
        return (OutsideMessage.Of(seed, "product", id, Events, body), new ChildTruth("product", "usage_event", id, accepted ? ChildTruth.Accepted : ChildTruth.Parked, AccountId: accepted || named ? user.AccountId : null));
    }

    private static OutsideMessage Mapping(int seed, ProductUser user, DateTime day) => OutsideMessage.Of(
        seed, "product", user.Id, Users, $$"""{"user_id":"{{user.Id}}","account_id":"{{user.AccountId}}","observed_at":"{{day:yyyy-MM-ddTHH:mm:ssZ}}"}""");
}
