using System.Collections.Concurrent;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Webhooks;

/// <summary>What each endpoint has seen since the start of this process. Written by many, read by anyone.</summary>
public sealed class WebhookBoard(IReadOnlyList<ConfiguredSystem> systems)
{
    private readonly ConcurrentDictionary<string, WebhookCounts> _counts = new(
        systems.Where(system => system.System.Webhook is not null).Select(system => KeyValuePair.Create(system.Name, new WebhookCounts())));

    public void Received(string system, bool isNew) => Add(system, isNew ? new(Received: 1) : new(Received: 1, Repeated: 1));

    public void Refused(string system, string why)
    {
        Engine.Telemetry.WebhookRefused(system, why);
        Add(system, new(Refused: 1));
    }

    public void Published(string system, long messages, long unreadable, long givenUp) => Add(system, new(Published: messages, Unreadable: unreadable, GivenUp: givenUp));

    public IReadOnlyList<WebhookProgress> Report(IReadOnlyDictionary<string, long> pending) =>
    [
        .. _counts.OrderBy(system => system.Key, StringComparer.Ordinal).Select(system => new WebhookProgress(
            system.Key, system.Value.Received, system.Value.Repeated, system.Value.Refused, pending.GetValueOrDefault(system.Key), system.Value.Published, system.Value.Unreadable, system.Value.GivenUp)),
    ];

    private void Add(string system, WebhookCounts more) => _counts.AddOrUpdate(system, more, (_, counts) => counts + more);
}

/// <param name="Received">Deliveries that were proven, repeats included.</param>
/// <param name="Repeated">Of them, those that were known already.</param>
/// <param name="Refused">Deliveries that were not proven, and answered 401, or too large, and answered 413.</param>
/// <param name="Published">Messages that came of them.</param>
public sealed record WebhookCounts(long Received = 0, long Repeated = 0, long Refused = 0, long Published = 0, long Unreadable = 0, long GivenUp = 0)
{
    public static WebhookCounts operator +(WebhookCounts left, WebhookCounts right) => new(
        left.Received + right.Received, left.Repeated + right.Repeated, left.Refused + right.Refused,
        left.Published + right.Published, left.Unreadable + right.Unreadable, left.GivenUp + right.GivenUp);
}
