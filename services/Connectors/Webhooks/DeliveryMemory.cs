using Pipeline.Hosting;

namespace Pipeline.Connectors.Webhooks;

/// <summary>Forgets deliveries that ended long ago. No system repeats one for longer than this.</summary>
public sealed class DeliveryMemory(IKeepDeliveries deliveries, TimeProvider time, ILogger<DeliveryMemory> log) : RepeatedWork(time, log)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await deliveries.ForgetAsync(Remembered, stopping) > 0)
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);
}
