using System.Collections.Concurrent;

namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>How far each outside publisher is: messages in all, and those that the broker confirmed.</summary>
public sealed class PublishProgress(IEnumerable<IPublishOutside> publishers)
{
    private readonly ConcurrentDictionary<string, int> _confirmed = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Published> Counts => publishers.ToDictionary(publisher => publisher.Name, publisher => new Published(publisher.Messages.Count, Of(publisher)));

    public int Of(IPublishOutside publisher) => _confirmed.GetValueOrDefault(publisher.Name);

    public void Confirmed(IPublishOutside publisher, int more) => _confirmed.AddOrUpdate(publisher.Name, more, (_, before) => before + more);
}

/// <summary>One publisher's part.</summary>
public sealed record Published(int Total, int Confirmed);
