using Microsoft.Extensions.Logging;

namespace Pipeline.Hosting.Broker;

/// <summary>Publishes nothing, now and then: so a service that has nothing to say hears too that the broker takes no messages.</summary>
internal sealed class BrokerKnock(Publisher publisher, TimeProvider time, ILogger<BrokerKnock> log) : RepeatedWork(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task RoundAsync(CancellationToken stopping) => publisher.PublishAsync([Outgoing.Knock], stopping);

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);
}
