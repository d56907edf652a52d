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

    public async Task<Answer<T>> AskAsync<T>(string service, string path, JsonTypeInfo<T> type, CancellationToken cancellation, string by = nameof(Neighbours)) where T : class
    {
        if (AddressOf(service) is not { } address) return new(null, $"The address of {service} is not set: PIPELINE_{service.ToUpperInvariant().Replace('-', '_')}_URL.");
        try
        {
            using var client = clients.CreateClient(by);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.OperationsKey);
            using var response = await client.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.NotFound) return new(null, null);
            if (!response.IsSuccessStatusCode) return new(null, $"{service} answers {(int)response.StatusCode}.");
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return new(await JsonSerializer.DeserializeAsync(body, type, cancellation), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(null, $"{service} does not answer: {exception.Message}");
        }
    }

    /// <summary>Hands on what somebody orders, as it came, and gives back the service's own answer.</summary>
    /// <returns>The status, and what is wrong; null where nothing is.</returns>
    public async Task<(HttpStatusCode Status, string? Refused)> OrderAsync(string service, string path, Stream order, CancellationToken cancellation)
    {
        if (AddressOf(service) is not { } address) return (HttpStatusCode.ServiceUnavailable, $"The address of {service} is not set.");
        try
        {
            using var client = clients.CreateClient(nameof(Neighbours));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new StreamContent(order) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.OperationsKey);
            using var response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode) return (response.StatusCode, null);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return (response.StatusCode, problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : $"{service} answers {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (HttpStatusCode.ServiceUnavailable, $"{service} does not answer: {exception.Message}");
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
