using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>A system that publishes to the broker by itself. Each is found there; nothing lists them.</summary>
public interface IPublishOutside : IKnowsItsChildren
{
    string Name { get; }

    /// <summary>All that it sends, in its order.</summary>
    IReadOnlyList<OutsideMessage> Messages { get; }

    /// <summary>Messages a second.</summary>
    int Pace { get; }
}
