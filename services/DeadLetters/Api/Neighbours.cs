using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Hosting;

namespace Pipeline.DeadLetters.Api;

/// <summary>The other services' operations, asked over HTTP with the common key. A service that does not answer is reported, not thrown.</summary>
public sealed class Neighbours(IHttpClientFactory clients, IConfiguration configuration, Settings settings)
{
    public const string Connectors = "connectors";
    public const string SystemOfRecord = "system-of-record";
    public const string Gatekeeper = "gatekeeper";

    /// <summary>The client for questions that a service must ask others about, as a check of a system.</summary>
    public const string Patient = "patient neighbours";

    /// <summary>In the order in which messages pass them.</summary>
    public static IReadOnlyList<string> All { get; } = [Connectors, SystemOfRecord, Gatekeeper];

    /// <summary>Where a service is: PIPELINE_GATEKEEPER_URL and its like; null where that is not set.</summary>
    public Uri? AddressOf(string service) =>
        Uri.TryCreate(configuration[$"PIPELINE_{service.ToUpperInvariant().Replace('-', '_')}_URL"], UriKind.Absolute, out var address) ? address : null;

    /// <param name="question">What is asked about, where it does not fit into the path.</param>
    /// <summary>Where the gatekeeper tells of an object.</summary>
    /// <param name="at">Of a usage event, its own time.</param>
    public static string Why(string source, string type, string id, DateTimeOffset? at) =>
        $"/operations/why?source={Uri.EscapeDataString(source)}&type={Uri.EscapeDataString(type)}&id={Uri.EscapeDataString(id)}{(at is { } time ? $"&at={Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture))}" : "")}";

    public async Task<Answer<T>> AskAsync<T>(
        string service, string path, JsonTypeInfo<T> type, CancellationToken cancellation, string by = nameof(Neighbours), Stream? question = null) where T : class
    {
        var (answer, failure) = await SendAsync<Answer<T>>(service, path, question, by, async response =>
        {
            if (response.StatusCode == HttpStatusCode.NotFound) return new(null, null);
            if (!response.IsSuccessStatusCode) return new(null, $"{service} answers {(int)response.StatusCode}.");
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return new(await JsonSerializer.DeserializeAsync(body, type, cancellation), null);
        }, cancellation);
        return answer ?? new(null, failure);
    }

    /// <summary>Hands on what somebody orders, as it came, and gives back the service's own answer.</summary>
    public async Task<Ordered> OrderAsync(string service, string path, Stream order, CancellationToken cancellation)
    {
        var (answer, failure) = await SendAsync<Ordered>(service, path, order, nameof(Neighbours), async response =>
        {
            if (response.IsSuccessStatusCode) return new(response.StatusCode, null);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return new(response.StatusCode, problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : $"{service} answers {(int)response.StatusCode}.");
        }, cancellation);
        return answer ?? new(HttpStatusCode.ServiceUnavailable, failure);
    }

    /// <summary>Sends with the common key, and reads while the answer is at hand.</summary>
    /// <param name="body">What is ordered or asked about; null where the path says all.</param>
    private async Task<(T? Answer, string? Failure)> SendAsync<T>(
        string service, string path, Stream? body, string by, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellation) where T : class
    {
        if (AddressOf(service) is not { } address) return (null, $"The address of {service} is not set: PIPELINE_{service.ToUpperInvariant().Replace('-', '_')}_URL.");
        try
        {
            using var client = clients.CreateClient(by);
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, path)) { Content = body is null ? null : new StreamContent(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.OperationsKey);
            using var response = await client.SendAsync(request, cancellation);
            return (await read(response), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, $"{service} does not answer: {exception.Message}");
        }
    }

    public async Task<(string State, string? Detail)> HealthAsync(string service, CancellationToken cancellation)
    {
        if (AddressOf(service) is not { } address) return ("out_of_reach", "its address is not set");
        try
        {
            using var client = clients.CreateClient(nameof(Neighbours));
            using var response = await client.GetAsync(new Uri(address, "/health/ready"), cancellation);
            return response.IsSuccessStatusCode ? ("ready", null) : ("not_ready", await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ("out_of_reach", exception.Message);
        }
    }
}

/// <summary>What a service answered.</summary>
/// <param name="Value">Null where it has nothing to say, or did not answer.</param>
/// <param name="Failure">Why it did not answer; null where it did.</param>
public sealed record Answer<T>(T? Value, string? Failure) where T : class;

/// <summary>What a service made of an order.</summary>
/// <param name="Refused">What is wrong with it, or why the service did not answer; null where it is done.</param>
public sealed record Ordered(HttpStatusCode Status, string? Refused);
