using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Hosting;
using Pipeline.Hosting.Broker;

namespace Pipeline.DeadLetters.Capture;

/// <summary>Which queues of others the office empties, and where it hears of them.</summary>
/// <param name="Management">PIPELINE_RABBITMQ_MANAGEMENT: the broker's management API; the broker's own host and the usual port where it is not set.</param>
/// <param name="Names"><c>DeadLetters:Queues</c>: a regular expression for their names; those that end in _error or _skipped where nothing is said. Empty for none.</param>
/// <param name="LookEvery"><c>DeadLetters:LookEvery</c>: from a second to an hour; five seconds where nothing is said.</param>
public sealed record FoundQueuesOptions(Uri Management, Regex? Names, TimeSpan LookEvery)
{
    /// <exception cref="SettingsException">A setting is malformed.</exception>
    public static FoundQueuesOptions From(IConfiguration configuration, Settings settings) => new(
        Address(configuration["PIPELINE_RABBITMQ_MANAGEMENT"]) ?? new UriBuilder(settings.Broker.Scheme == "amqps" ? "https" : "http", settings.Broker.Host, settings.Broker.Scheme == "amqps" ? 15671 : 15672).Uri,
        Pattern(configuration["DeadLetters:Queues"] ?? "(_error|_skipped)$"), Interval(configuration["DeadLetters:LookEvery"]));

    private static Uri? Address(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new SettingsException("PIPELINE_RABBITMQ_MANAGEMENT is not an http address. Write http://host:15672.");

    private static Regex? Pattern(string text)
    {
        try
        {
            return text.Length == 0 ? null : new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new SettingsException("DeadLetters:Queues is not a regular expression. Write (_error|_skipped)$ for all of MassTransit's, or nothing for none.");
        }
    }

    private static TimeSpan Interval(string? text) => string.IsNullOrWhiteSpace(text) ? TimeSpan.FromSeconds(5)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromSeconds(1) && span <= TimeSpan.FromHours(1) ? span
        : throw new SettingsException("DeadLetters:LookEvery is not a time span between a second and an hour. Write 00:00:05.");
}

/// <summary>
/// Finds the queues in which others leave what they failed on, and empties them into the office: nobody keeps a list of them. A queue
/// that is gone is left alone again.
/// </summary>
public sealed partial class FoundQueues(
    FoundQueuesOptions options, Settings settings, IHttpClientFactory clients, IServiceProvider services, TimeProvider time, ILogger<FoundQueues> log) : RepeatedWork(time, log)
{
    private readonly ConcurrentDictionary<string, BatchReceiver> _receivers = new(StringComparer.Ordinal);

    /// <summary>Why they cannot be found at the moment; null where they can.</summary>
    public string? Trouble { get; private set; }

    public IReadOnlyCollection<string> Names => [.. _receivers.Keys.Order(StringComparer.Ordinal)];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var receiver in _receivers.Values) await receiver.StopAsync(cancellationToken);
    }

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        if (options.Names is not { } names || await ListAsync(stopping) is not { } queues) return;
        var wanted = queues.Where(name => names.IsMatch(name) && !BrokerTopology.Queues.Any(queue => queue.Name == name)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in wanted.Except(_receivers.Keys).ToList()) await BeginAsync(name, stopping);
        foreach (var name in _receivers.Keys.Except(wanted).ToList()) await EndAsync(name, stopping);
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(options.LookEvery, Time, stopping);

    private async Task BeginAsync(string name, CancellationToken stopping)
    {
        var receiver = ActivatorUtilities.CreateInstance<BatchReceiver>(services, name, services.GetRequiredService<LetterIntake>(), new BatchReceiverOptions { Workers = 1, BatchSize = 500 });
        if (!_receivers.TryAdd(name, receiver)) return;
        await receiver.StartAsync(stopping);
        Found(name);
    }

    private async Task EndAsync(string name, CancellationToken stopping)
    {
        if (!_receivers.TryRemove(name, out var receiver)) return;
        await receiver.StopAsync(stopping);
        receiver.Dispose();
        Gone(name);
    }

    /// <returns>The queues of our virtual host, or null where they cannot be listed, which is said once.</returns>
    private async Task<IReadOnlyList<string>?> ListAsync(CancellationToken stopping)
    {
        try
        {
            using var client = clients.CreateClient(nameof(FoundQueues));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Management, $"/api/queues/{Uri.EscapeDataString(VirtualHost)}?columns=name&disable_stats=true"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(settings.Broker.UserInfo))));
            using var response = await client.SendAsync(request, stopping);
            if (!response.IsSuccessStatusCode) return Failed($"it answers {(int)response.StatusCode}; the user of the broker needs the tag 'management'");
            using var list = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stopping));
            Trouble = null;
            return [.. list.RootElement.EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!)];
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return Failed(exception.Message);
        }
    }

    private string VirtualHost => settings.Broker.AbsolutePath is { Length: > 1 } path ? Uri.UnescapeDataString(path[1..]) : "/";

    private IReadOnlyList<string>? Failed(string why)
    {
        var trouble = $"The error queues of others cannot be found: the management API at {options.Management} does not list queues: {why}.";
        if (Trouble != trouble) NotFound(trouble);
        Trouble = trouble;
        return null;
    }

    [LoggerMessage(1611, LogLevel.Information, "Found the queue {Queue}: what is in it comes to the office")]
    private partial void Found(string queue);

    [LoggerMessage(1612, LogLevel.Information, "The queue {Queue} is gone")]
    private partial void Gone(string queue);

    [LoggerMessage(1613, LogLevel.Warning, "{Trouble}")]
    private partial void NotFound(string trouble);
}
