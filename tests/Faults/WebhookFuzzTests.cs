using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>Whatever is sent to a webhook is refused with a reason, or kept and brought to an end; the service neither ends nor grows.</summary>
[Collection("site")]
public sealed class WebhookFuzzTests(Site site)
{
    private const string Secret = "fuzz-secret";
    private const string Key = "fuzz-key";
    private static readonly string[] Systems = ["stripe", "intercom", "chargebee", "delighted"];

    [Fact]
    public async Task Whatever_is_sent_to_a_webhook_ends_in_one_place()
    {
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        await using var connectors = await ServiceProcess.Start("Connectors", world, [("PIPELINE_KEY", Key), .. Systems.SelectMany(system => new[]
        {
            ($"Connectors__{system}__BaseUrl", "http://127.0.0.1:1"), ($"Connectors__{system}__{(system == "intercom" ? "Token" : "ApiKey")}", "unused"), ($"Connectors__{system}__WebhookSecret", Secret),
        })]);
        var bodies = Systems.SelectMany(system => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Conformance", "fixtures", system), "webhook-?.json").Order(StringComparer.Ordinal).Select(file => (system, Body: File.ReadAllBytes(file)))).ToList();
        var fuzz = Fuzz.Seeded("Whatever_is_sent_to_a_webhook");
        using var client = new HttpClient { BaseAddress = connectors.Address, Timeout = TimeSpan.FromSeconds(20) };
        var answers = new Dictionary<HttpStatusCode, int>();
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(Sizes.Of(10, 300));
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var requests = Enumerable.Range(0, 20).Select(_ => fuzz.Pick(bodies)).Select(whole => Request(whole.system, fuzz.Broken(whole.Body), proven: fuzz.Pick([true, true, true, true, false]))).ToList();
            foreach (var answer in await Task.WhenAll(requests.Select(async request =>
            {
                using (request)
                {
                    using var response = await client.SendAsync(request);
                    return response.StatusCode;
                }
            })))
                answers[answer] = answers.GetValueOrDefault(answer) + 1;
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge], answers.Keys.Order());
        // What only names a record waits for the vendor, who does not answer; nothing else is overdue or in hand.
        await Eventually("every delivery has ended that can", () => world.Number(
            "select count(*) from connectors.deliveries where ended_at is null and failures = 0 and (due_at < clock_timestamp() - interval '3 s' or due_at > clock_timestamp() + interval '30 s')"), count => count == 0, TimeSpan.FromSeconds(60));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var progress = JsonSerializer.Deserialize(await client.GetStringAsync(new Uri("/operations/webhooks", UriKind.Relative)), PipelineJson.Report.IReadOnlyListWebhookProgress)!;
        Assert.Equal(answers[HttpStatusCode.OK], progress.Sum(system => system.Received));
        Assert.Equal(answers.Values.Sum() - answers[HttpStatusCode.OK], progress.Sum(system => system.Refused));
        Assert.Equal(progress.Sum(system => system.Received - system.Repeated), await world.Number("select count(*) from connectors.deliveries"));

        // What could not be read lies among the dead, each once, with its bytes.
        var unreadable = await world.Number("select count(*) from connectors.deliveries where outcome = 'unreadable'");
        var letters = (await world.Outsider.Take(DeadLetterQueue.Name)).Where(letter => letter.Header(DeadLetterQueue.Headers.ObjectType) == "webhook").ToList();
        Assert.True(unreadable > 0);
        Assert.Equal(unreadable, progress.Sum(system => system.Unreadable));
        Assert.InRange(letters.Count, 1, unreadable);
        Assert.All(letters, letter => Assert.Equal("record_unmappable", letter.Header(DeadLetterQueue.Headers.Reason)));

        Findings.IsWell(connectors);
        Console.WriteLine($"Whatever_is_sent_to_a_webhook: {string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Value} times {(int)answer.Key}"))}; {unreadable} unreadable, most memory {connectors.MostMemory / 1024 / 1024} MiB");
    }

    /// <summary>As each vendor proves that it is itself; or wrongly.</summary>
    private static HttpRequestMessage Request(string system, byte[] body, bool proven)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{system}") { Content = new ByteArrayContent(body) };
        var secret = Encoding.UTF8.GetBytes(proven ? Secret : "guessed");
        switch (system)
        {
            case "stripe":
                var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                request.Headers.Add("Stripe-Signature", $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"{at}."), .. body]))}");
                break;
            case "intercom":
#pragma warning disable CA5350 // the vendor's choice
                request.Headers.Add("X-Hub-Signature", $"sha1={Convert.ToHexStringLower(HMACSHA1.HashData(secret, body))}");
#pragma warning restore CA5350
                break;
            case "delighted":
                request.Headers.Add("X-Delighted-Webhook-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(secret, body))}");
                break;
            default:
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String([.. Encoding.UTF8.GetBytes($"{system}:"), .. secret]));
                break;
        }

        return request;
    }
}
