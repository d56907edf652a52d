using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Settings;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class WebhookSenderTests
{
    [Fact]
    public async Task Deliveries_come_in_order_with_repeats_and_forgeries_and_again_until_they_are_answered()
    {
        var seen = new ConcurrentQueue<string>();
        var turnedAway = 0;
        await using var receiver = await ReceiverAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (body == "2" && Interlocked.Increment(ref turnedAway) == 1) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else seen.Enqueue(body);
            if (body.EndsWith(' ')) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        });
        using var sender = new WebhookSender([new Teller()], new WebhookSettings { Target = $"{receiver.Urls.Single()}/webhooks", RepeatEvery = 2, ForgeEvery = 3 }, TimeProvider.System);
        await sender.StartAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (seen.Count < 5) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        while (sender.Counts["teller"] != new WebhookCount(Sent: 3, Repeated: 1, Forged: 1, TriedAgain: 1)) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        await sender.StopAsync(CancellationToken.None);

        Assert.Equal(["1 ", "1", "2", "2", "3"], seen);
    }

    [Fact]
    public void A_target_that_is_no_address_is_refused_with_what_to_write() =>
        Assert.Contains("http://127.0.0.1:8081/webhooks", Assert.Throws<SettingsException>(() => WebhookSender.Target(new WebhookSettings { Target = "somewhere" })).Message, StringComparison.Ordinal);

    private static async Task<WebApplication> ReceiverAsync(RequestDelegate take)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/webhooks/teller", take);
        await app.StartAsync();
        return app;
    }

    private sealed class Teller : Vendor
    {
        private bool _told;

        public override string Name => "teller";

        public override IEnumerable<RowCount> Rows => [];

        public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told()
        {
            if (_told) return [];
            _told = true;
            return [.. new[] { "1", "2", "3" }.Select(text => new Func<DateTimeOffset, WebhookCall>(_ => new WebhookCall([(byte)text[0]], new Dictionary<string, string>())))];
        }

        public override void Map(RouteGroupBuilder routes)
        {
        }
    }
}
