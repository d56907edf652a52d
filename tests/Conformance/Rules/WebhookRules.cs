using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Webhooks;

namespace Pipeline.Conformance.Tests.Rules;

public sealed class WebhookRules
{
    /// <summary>By which deliveries are on time where the system signs none.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public async Task A_proven_delivery_becomes_exactly_the_expected_messages(string system)
    {
        await using var subject = await Subject.OpenAsync(system);
        foreach (var delivery in subject.Script.Deliveries)
        {
            var before = subject.Hook.Recorder.Messages.Count;
            Assert.Equal(HttpStatusCode.OK, await subject.SendAsync(delivery));
            await subject.Hook.SettleAsync();
            var messages = subject.Hook.Recorder.Messages.Skip(before).Select(message => Expectations.Text(Recorder.Shown(message)));
            Assert.Equal(subject.Fixture.Expected(delivery).Select(message => Expectations.Text(message!)).Order(StringComparer.Ordinal), messages.Order(StringComparer.Ordinal));
        }

        Assert.Empty(subject.Vendor.Unknown);
        Assert.All(subject.Hook.Deliveries.Ends, end => Assert.Equal(DeliveryEnd.Read, end));
    }

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public async Task A_delivery_that_is_not_proven_is_refused_counted_and_never_read(string system)
    {
        await using var subject = await Subject.OpenAsync(system);
        var delivery = subject.Script.Deliveries[0];
        var refused = new List<HttpStatusCode> { await subject.Hook.SendAsync(subject.Fixture.Body(delivery), new Dictionary<string, string>()) };
        foreach (var proof in Proofs(subject, delivery)) refused.Add(await subject.Hook.SendAsync(subject.Fixture.Body(delivery), Changed(delivery.Headers, proof)));
        if (subject.Hook.System.System.Webhook!.Proof is WebhookProof.Signature) refused.Add(await subject.Hook.SendAsync([.. subject.Fixture.Body(delivery), (byte)' '], delivery.Headers));

        Assert.True(refused.Count >= 2);
        Assert.All(refused, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        await subject.Hook.SettleAsync();
        Assert.Empty(subject.Hook.Recorder.Messages);
        Assert.Equal(refused.Count, subject.Hook.Board.Report(new Dictionary<string, long>()).Single().Refused);
        Assert.DoesNotContain(subject.Hook.Logs.Lines, line => subject.Script.Secrets.Any(line.Contains));
    }

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public async Task A_repeated_delivery_is_read_once(string system)
    {
        await using var subject = await Subject.OpenAsync(system, "webhook_delivery_id");
        var delivery = subject.Script.Deliveries[0];
        await subject.SendAsync(delivery);
        await subject.Hook.SettleAsync();
        var published = subject.Hook.Recorder.Messages.Count;
        Assert.Equal(HttpStatusCode.OK, await subject.SendAsync(delivery));
        await subject.Hook.SettleAsync();

        Assert.Equal(published, subject.Hook.Recorder.Messages.Count);
        Assert.Equal(1, subject.Hook.Board.Report(new Dictionary<string, long>()).Single().Repeated);
    }

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public async Task A_delivery_that_was_signed_long_ago_is_refused(string system)
    {
        await using var subject = await Subject.OpenAsync(system, "webhook_window", TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await subject.SendAsync(subject.Script.Deliveries[0]));
    }

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public async Task Without_its_secret_the_endpoint_is_closed(string system)
    {
        var fixture = Fixture.Of(system);
        await using var hook = await Hook.OpenAsync(fixture.Configure(new Uri("http://127.0.0.1:1"), webhook: false));
        Assert.Equal(HttpStatusCode.NotFound, await hook.SendAsync("{}"u8.ToArray(), new Dictionary<string, string>()));
    }

    /// <summary>The headers that prove the delivery: without them it is refused.</summary>
    private static IEnumerable<string> Proofs(Subject subject, DeliveryScript delivery)
    {
        var body = new WebhookBody(subject.Fixture.Body(delivery));
        var proof = subject.Hook.System.System.Webhook!.Proof;
        return delivery.Headers.Keys.Where(name => Verification.Refusal(proof, new WebhookDelivery(body, asked => asked == name ? "" : delivery.Headers.GetValueOrDefault(asked, "")), subject.At) is not null);
    }

    /// <summary>One character is another one; not the last, which in Base64 may say nothing.</summary>
    private static Dictionary<string, string> Changed(Dictionary<string, string> headers, string name)
    {
        var value = headers[name];
        var at = value.AsSpan().TrimEnd('=').Length - 2;
        return new Dictionary<string, string>(headers) { [name] = $"{value[..at]}{(value[at] == '0' ? '1' : '0')}{value[(at + 1)..]}" };
    }

    private sealed record Subject(Fixture Fixture, WebhookScript Script, Hook Hook, VendorServer Vendor, DateTimeOffset At) : IAsyncDisposable
    {
        /// <param name="waiver">The rule that a system may be excused from, besides having no webhook.</param>
        /// <param name="late">How long after the time that was signed.</param>
        public static async Task<Subject> OpenAsync(string system, string? waiver = null, TimeSpan late = default)
        {
            var fixture = Fixture.Of(system);
            fixture.SkipIfWaived("webhook");
            if (waiver is not null) fixture.SkipIfWaived(waiver);
            Assert.True(fixture.Webhook is { Deliveries.Length: > 0 }, $"fixtures/{system}/fixture.json says nothing of a webhook, and gives no waiver.");
            var script = fixture.Webhook;
            var vendor = await VendorServer.StartAsync(fixture, new FeedScript("", JsonValue.Create(0), script.Answers ?? []), new FastTime(1));
            var at = script.At ?? Noon;
            return new Subject(fixture, script, await Hook.OpenAsync(fixture.Configure(vendor.Address), at + late), vendor, at);
        }

        public Task<HttpStatusCode> SendAsync(DeliveryScript delivery) => Hook.SendAsync(Fixture.Body(delivery), delivery.Headers);

        public async ValueTask DisposeAsync()
        {
            await Hook.DisposeAsync();
            await Vendor.DisposeAsync();
        }
    }
}
