using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>What a system answers, and what must come of it: the folder <c>fixtures/{system}/</c>.</summary>
public sealed class Fixture
{
    private static readonly JsonSerializerOptions Reading = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _folder;
    private readonly FixtureFile _file;

    private Fixture(IConnector connector, string folder, FixtureFile file) => (Connector, _folder, _file) = (connector, folder, file);

    public IConnector Connector { get; }

    public TokenScript? Token => _file.Token;

    /// <summary>The header that every request must carry where there is no token.</summary>
    public string? Authorization => _file.Authorization;

    public OverLimitScript? OverLimit => _file.OverLimit;

    /// <summary>The texts that must be seen nowhere.</summary>
    public IEnumerable<string> Secrets => _file.Secrets.Select(name => _file.Settings[name]).Concat(_file.Webhook?.Secrets ?? []);

    public WebhookScript? Webhook => _file.Webhook;

    public string ClientSecret => Secrets.First();

    public static Fixture Of(string system)
    {
        var connector = ConnectorCatalog.Find().Single(found => found.System == system);
        var folder = Path.Combine(AppContext.BaseDirectory, "fixtures", system);
        Assert.True(File.Exists(Path.Combine(folder, "fixture.json")), $"The connector {system} has no fixtures/{system}/fixture.json. Every connector has one.");
        return new Fixture(connector, folder, JsonSerializer.Deserialize<FixtureFile>(File.ReadAllText(Path.Combine(folder, "fixture.json")), Reading)!);
    }

    public FeedScript Script(string feed) =>
        _file.Feeds.TryGetValue(feed, out var script) ? script : throw new InvalidOperationException($"fixtures/{Connector.System}/fixture.json says nothing of the feed {feed}.");

    public IEnumerable<string> Feeds => _file.Feeds.Keys;

    public byte[] Answer(PageScript page) => File.ReadAllBytes(Path.Combine(_folder, page.Answer));

    /// <summary>The bytes that the signature of the delivery is over.</summary>
    public byte[] Body(DeliveryScript delivery) => File.ReadAllBytes(Path.Combine(_folder, delivery.Body));

    /// <summary>What must come of the delivery, in any order.</summary>
    public JsonArray Expected(DeliveryScript delivery) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, $"{Path.GetFileNameWithoutExtension(delivery.Body)}.expected.json")))!.AsArray();

    /// <summary>What each record of the page must become, in order.</summary>
    public JsonArray Expected(PageScript page) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, Path.ChangeExtension(page.Answer, ".expected.json"))))!.AsArray();

    /// <param name="webhook">Whether the settings that open the webhook are given.</param>
    public ConfiguredSystem Configure(Uri address, bool webhook = true)
    {
        var path = $"{ConfiguredSystem.Section}:{Connector.System}";
        var given = _file.Settings.Concat(webhook ? _file.Webhook?.Settings ?? [] : []).Select(setting => KeyValuePair.Create($"{path}:{setting.Key}", (string?)setting.Value))
            .Append(new($"{path}:BaseUrl", address.AbsoluteUri))
            .Append(new($"{path}:RequestTimeout", "00:10:00"))
            .Append(new($"{path}:PollInterval", "00:00:01"));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        return ConfiguredSystem.From(configuration, ConnectorCatalog.Find()).Single();
    }

    /// <summary>Leaves the test, with the reason, where the connector is excused from the rule.</summary>
    public void SkipIfWaived(string rule)
    {
        if (!_file.Waivers.TryGetValue(rule, out var reason)) return;
        Assert.False(string.IsNullOrWhiteSpace(reason), $"The waiver of {Connector.System} for {rule} gives no reason.");
        Assert.Skip(reason);
    }

    public IEnumerable<string> Waivers => _file.Waivers.Keys;

    private sealed record FixtureFile(
        Dictionary<string, string> Settings, string[] Secrets, TokenScript? Token, string? Authorization, OverLimitScript? OverLimit,
        Dictionary<string, FeedScript> Feeds, Dictionary<string, string> Waivers, WebhookScript? Webhook = null);
}

/// <param name="Answer">What stands beside the access_token.</param>
public sealed record TokenScript(string Path, JsonObject Answer);

/// <summary>The system's own way to say "too many requests".</summary>
public sealed record OverLimitScript(int Status, string Body);

/// <param name="Records">Where the records are in an answer; empty where the answer is the list.</param>
/// <param name="Unmappable">A record that cannot be mapped.</param>
/// <param name="Pages">In order; the last one answers the second pass.</param>
public sealed record FeedScript(string Records, JsonNode Unmappable, PageScript[] Pages)
{
    public JsonArray RecordsOf(JsonNode answer) => (Records.Length == 0 ? answer : answer[Records]!).AsArray();
}

/// <summary>One request, exactly, and the file that answers it.</summary>
/// <param name="AnswerHeaders">Of the answer; <c>{address}</c> in them stands for the server's own address.</param>
public sealed record PageScript(string Path, string Answer, Dictionary<string, string>? Query = null, Dictionary<string, string>? Headers = null, string Method = "GET", JsonNode? Body = null, Dictionary<string, string>? AnswerHeaders = null);

/// <summary>What the system's webhook sends.</summary>
/// <param name="Settings">That open it; all of them are secrets but those that end in "User".</param>
/// <param name="Deliveries">With the signatures that the vendor's rule gives for these bytes and this secret, worked out by hand.</param>
/// <param name="Answers">To requests for records that deliveries only name.</param>
/// <param name="At">The time that is signed; by this clock the deliveries are on time.</param>
public sealed record WebhookScript(Dictionary<string, string> Settings, DeliveryScript[] Deliveries, PageScript[]? Answers = null, DateTimeOffset? At = null)
{
    public IEnumerable<string> Secrets => Settings.Where(setting => !setting.Key.EndsWith("User", StringComparison.Ordinal)).Select(setting => setting.Value);
}

/// <param name="Body">The file of its bytes.</param>
/// <param name="Headers">Those that prove and name it, and its Content-Type where that is not JSON.</param>
public sealed record DeliveryScript(string Body, Dictionary<string, string> Headers);
