using System.Collections.Concurrent;
using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>Sends what the systems tell by themselves, each in its own order, repeats and forgeries among it. What is not answered as expected is sent again.</summary>
public sealed class WebhookSender(IEnumerable<Vendor> vendors, WebhookSettings settings, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, WebhookCount> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, WebhookCount> Counts => _counts;

    /// <exception cref="SettingsException">The target is no address.</exception>
    public static Uri? Target(WebhookSettings settings) =>
        settings.Target == "off" ? null
            : Uri.TryCreate(settings.Target, UriKind.Absolute, out var target) && target.Scheme is "http" or "https" ? target
            : throw new SettingsException("Simulator:Webhooks:Target is neither \"off\" nor an address, as in http://127.0.0.1:8081/webhooks.");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Target(settings) is { } target ? Task.WhenAll(vendors.Select(vendor => TellAsync(vendor, target, stoppingToken))) : Task.CompletedTask;

    private async Task TellAsync(Vendor vendor, Uri target, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var address = new Uri($"{target.AbsoluteUri.TrimEnd('/')}/{vendor.Name}");
        for (var number = 0; !stop.IsCancellationRequested; await Task.Delay(Beat, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var call in vendor.Told())
            {
                number++;
                if (settings.ForgeEvery > 0 && number % settings.ForgeEvery == 1 % settings.ForgeEvery) await SendAsync(client, vendor, address, now => call(now).Forged(), new(Forged: 1), stop);
                await SendAsync(client, vendor, address, call, new(Sent: 1), stop);
                if (settings.RepeatEvery > 0 && number % settings.RepeatEvery == 0) await SendAsync(client, vendor, address, call, new(Repeated: 1), stop);
            }
        }
    }

    private async Task SendAsync(HttpClient client, Vendor vendor, Uri address, Func<DateTimeOffset, WebhookCall> call, WebhookCount count, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var made = call(clock.GetUtcNow());
            if (await StatusAsync(client, address, made, stop) == made.Expected)
            {
                _counts.AddOrUpdate(vendor.Name, count, (_, before) => before + count);
                return;
            }

            _counts.AddOrUpdate(vendor.Name, new WebhookCount(TriedAgain: 1), (_, before) => before + new WebhookCount(TriedAgain: 1));
            await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<int> StatusAsync(HttpClient client, Uri address, WebhookCall call, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(call.Body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", call.Headers.GetValueOrDefault("Content-Type", "application/json"));
            foreach (var (name, value) in call.Headers)
                if (name != "Content-Type") request.Headers.TryAddWithoutValidation(name, value);
            using var response = await client.SendAsync(request, stop);
            return (int)response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }
}

/// <summary>What one system has sent.</summary>
/// <param name="Sent">Deliveries that were answered as expected.</param>
/// <param name="Repeated">Of them, those that were sent again.</param>
/// <param name="Forged">Deliveries without the right proof that were refused, as they must be.</param>
/// <param name="TriedAgain">Attempts that were answered otherwise, or not at all.</param>
public sealed record WebhookCount(long Sent = 0, long Repeated = 0, long Forged = 0, long TriedAgain = 0)
{
    public static WebhookCount operator +(WebhookCount left, WebhookCount right) =>
        new(left.Sent + right.Sent, left.Repeated + right.Repeated, left.Forged + right.Forged, left.TriedAgain + right.TriedAgain);
}
