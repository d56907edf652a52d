using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Webhooks;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The webhook of one system over real HTTP, with nothing polled: what is sent to it, and what comes of it.</summary>
public sealed class Hook : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private Hook(ConfiguredSystem system, Clock clock)
    {
        System = system;
        Deliveries = new KeptDeliveries(clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IPublishRecords>(Recorder).AddSingleton<IKeepDeliveries>(Deliveries);
        builder.Services.AddVendorClients([system]).AddWebhooks([system]);
        _app = builder.Build();
        _app.MapWebhooks([system]);
        _client = new HttpClient();
    }

    public ConfiguredSystem System { get; }

    public Recorder Recorder { get; } = new();

    public KeptDeliveries Deliveries { get; }

    public LogRecorder Logs { get; } = new();

    public WebhookBoard Board => _app.Services.GetRequiredService<WebhookBoard>();

    /// <param name="at">What our clock says, and goes on saying; null for the wall's.</param>
    public static async Task<Hook> OpenAsync(ConfiguredSystem system, DateTimeOffset? at = null)
    {
        var hook = new Hook(system, new Clock(at));
        await hook._app.StartAsync();
        hook._client.BaseAddress = new Uri(hook._app.Urls.Single());
        return hook;
    }

    public async Task<HttpStatusCode> SendAsync(byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{System.Name}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", headers.GetValueOrDefault("Content-Type", "application/json"));
        foreach (var (name, value) in headers.Where(header => header.Key != "Content-Type")) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Waits until every delivery that was kept has come to its end.</summary>
    public async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await Deliveries.PendingAsync(patience.Token)).Values.Sum() > 0) await Task.Delay(10, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Stands still where a time is given, so that what was signed for that time is on time; timers run as the wall's, sixty times as fast.</summary>
    private sealed class Clock(DateTimeOffset? at) : TimeProvider
    {
        private readonly FastTime _timers = new(60);

        public override DateTimeOffset GetUtcNow() => at ?? _timers.GetUtcNow();

        public override long GetTimestamp() => _timers.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _timers.CreateTimer(callback, state, dueTime, period);
    }
}
