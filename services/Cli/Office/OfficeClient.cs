using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Cli.Office;

/// <summary>The dead-letter office's API, which answers for the whole pipeline. What it refuses or cannot give is a value, not an exception.</summary>
public sealed class OfficeClient(HttpClient http) : IDisposable
{
    /// <summary>The office gives its neighbours ten seconds each.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="patience">How long an answer may take, where it takes longer than most.</param>
    public static OfficeClient Of(Terminal terminal, TimeSpan? patience = null)
    {
        var http = new HttpClient(terminal.Network()) { BaseAddress = Addresses.Of(Addresses.Office, terminal.Variable), Timeout = patience ?? Patience };
        // Whose key it is says nothing of who looks; headers are ASCII.
        if (terminal.Variable("USER") is { Length: > 0 } user && user.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_' or '@')) http.DefaultRequestHeaders.Add("X-Pipeline-Actor", user);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Addresses.Required(Addresses.Key, terminal.Variable));
        return new OfficeClient(http);
    }

    public Task<OfficeAnswer> AskAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, null, cancellation);

    /// <summary>Orders something that changes the pipeline.</summary>
    /// <param name="idempotencyKey">Where it must be done once however often it is sent.</param>
    public Task<OfficeAnswer> OrderAsync(string path, byte[] order, CancellationToken cancellation, string? idempotencyKey = null) => SendAsync(HttpMethod.Post, path, order, idempotencyKey, cancellation);

    /// <summary>Says what something is from now on.</summary>
    public Task<OfficeAnswer> PutAsync(string path, byte[] order, CancellationToken cancellation) => SendAsync(HttpMethod.Put, path, order, null, cancellation);

    private async Task<OfficeAnswer> SendAsync(HttpMethod method, string path, byte[]? order, string? idempotencyKey, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri($"api/{path}", UriKind.Relative)) { Content = order is null ? null : new ByteArrayContent(order) };
            if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
            using var response = await http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return Read(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var why = exception is HttpRequestException ? exception.Message : $"no answer within {http.Timeout.TotalSeconds} seconds";
            return new(null, $"dead-letters is out of reach at {http.BaseAddress}: {why.TrimEnd('.')}. Is the pipeline up? `make up` starts it.", Exit.OutOfReach);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>A ledger that lacks a service comes with 503 and is shown all the same; a problem has no report.</summary>
    private static OfficeAnswer Read(HttpStatusCode status, string? mediaType, byte[] body)
    {
        if (status is HttpStatusCode.OK or HttpStatusCode.NoContent) return new(body, null, Exit.Done);
        if (status is HttpStatusCode.Unauthorized)
            return new(null, $"The pipeline does not take the key in {Addresses.Key}. Use the key that its services were started with.", Exit.Refused);
        if (status is HttpStatusCode.Forbidden)
            return new(null, (mediaType == "application/problem+json" ? DetailOf(body) : null) ?? $"The pipeline does not take the key in {Addresses.Key}. Use the key that its services were started with.", Exit.Refused);
        if (mediaType == "application/json" && status == HttpStatusCode.ServiceUnavailable) return new(body, null, Exit.OutOfReach);
        var detail = mediaType == "application/problem+json" ? DetailOf(body) : null;
        return status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Conflict => new(null, detail ?? "There is no such thing.", Exit.Refused),
            _ => new(null, detail ?? $"dead-letters answers {(int)status}. Its log says more.", Exit.OutOfReach),
        };
    }

    private static string? DetailOf(byte[] body)
    {
        using var problem = JsonDocument.Parse(body);
        return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
    }
}
