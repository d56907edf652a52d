using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher.Shop;

/// <summary>A web shop that tells the hard stories, slowly enough that one can see them happen. The end is the same in any order.</summary>
public sealed class ShopScript : IPublishOutside
{
    private readonly bool _sent;
    private readonly IReadOnlyList<ShopStory> _stories;

    public ShopScript(AccountWorld world, SimulatorSettings settings, TimeProvider clock)
    {
        _sent = settings.Publish;
        _stories = ShopStories.Of(world, new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero)); // of today, for events of long ago are let go
        Messages = [.. _stories.SelectMany(story => story.First).Concat(_stories.SelectMany(story => story.Later)).Select(sending => sending.Message)];
    }

    public string Name => "shop";

    /// <summary>One a second: the later part comes when most of the vendors have been read.</summary>
    public int Pace => 1;

    public IReadOnlyList<OutsideMessage> Messages { get; }

    /// <summary>Nothing is told by a publisher that is off.</summary>
    public IReadOnlyList<Story> Stories => _sent ? [.. _stories.Select(story => story.Truth)] : [];

    public IEnumerable<ChildTruth> Children => Stories.SelectMany(story => story.Objects).Select(end => new ChildTruth(end.Source, end.ObjectType, end.NativeId, end.Place, AccountId: end.AccountId));
}
