using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>
/// Asks one system. Broken connections, 408 and 5xx have been retried underneath; what remains is an <see cref="Outcome"/>,
/// never an exception, so that whoever reads a feed decides by values.
/// </summary>
/// <param name="client">The client of <paramref name="http"/> to ask with, where it is not the system's own.</param>
public sealed class VendorClient(ConfiguredSystem system, IHttpClientFactory http, TimeProvider time, string? client = null) : IDisposable
{
    private readonly Credentials _credentials = new(system.System.Authentication, system.Address, time);
    private readonly Masking _masking = new(system.Secrets);

    public async Task<Outcome> SendAsync(VendorRequest request, CancellationToken cancellation)
    {
        try
        {
            var outcome = await ProvenAsync(request, cancellation);
            if (outcome is Outcome.Unauthorized { CanBeRenewed: true }) outcome = await ProvenAsync(request, cancellation);
            return outcome is Outcome.Unauthorized refused ? new Outcome.Failed(refused.Why) { Problem = refused.Problem } : outcome;
        }
        catch (UnknownShapeException exception)
        {
            return new Outcome.Failed(exception.Message, Refused: true) { Problem = new Problem(ProblemKind.UnknownShape, exception.Message) };
        }
    }

    public void Dispose() => _credentials.Dispose();

    private async Task<Outcome> ProvenAsync(VendorRequest request, CancellationToken cancellation)
    {
        var (proof, otherwise) = await _credentials.GetAsync(ask => SendAsync(ask, cancellation), cancellation);
        if (proof is null) return OfToken(otherwise!);
        using var message = Message(request);
        message.Headers.TryAddWithoutValidation(proof.Header, proof.Value);
        var outcome = await SendAsync(message, cancellation);
        return outcome is Outcome.Unauthorized refused ? refused with { CanBeRenewed = _credentials.Refused(proof) } : outcome;
    }

    private HttpRequestMessage Message(VendorRequest request)
    {
        var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, VendorAddress.Of(system.Address, request.Path));
        if (request.Body is { } json) message.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in system.System.Headers.Concat(request.Headers ?? new Dictionary<string, string>()))
            message.Headers.TryAddWithoutValidation(name, value);
        // A system that puts its version into Accept takes no other type beside it.
        if (!message.Headers.Contains("Accept")) message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }

    private async Task<Outcome> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        var what = $"{message.Method} {message.RequestUri!.AbsolutePath}";
        try
        {
            using var connection = http.CreateClient(client ?? system.Name);
            using var response = await connection.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Read(what, response, await response.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            var why = _masking.Hide(exception.Message);
            return new Outcome.Failed($"{what} failed: {why.TrimEnd('.')}.{Hint.For(exception)}") { Problem = Problem.Of(exception, why) };
        }
    }

    private static Outcome OfToken(Outcome outcome) => outcome switch
    {
        Outcome.Failed { Problem: { } problem } failed => failed with { Problem = problem with { ForToken = true } },
        Outcome.Unauthorized { Problem: { } problem } refused => refused with { Problem = problem with { ForToken = true } },
        _ => outcome,
    };

    private Outcome Read(string what, HttpResponseMessage response, byte[] body)
    {
        var status = $"{what} was answered {(int)response.StatusCode}";
        if (Pace.IsAskedFor(response)) return OverLimit(response);
        if (response.IsSuccessStatusCode) return Parse(what, response, body);

        var text = Encoding.UTF8.GetString(body);
        if (system.System.IsOverLimit(new FailedAnswer((int)response.StatusCode, text))) return OverLimit(response);
        var words = _masking.Excerpt(text, response.RequestMessage?.Headers.Authorization?.Parameter);
        var why = $"{status}: {words}{Hint.For(response.StatusCode)}";
        var problem = Problem.Of(response, words);
        return response.StatusCode == HttpStatusCode.Unauthorized
            ? new Outcome.Unauthorized(why) { Problem = problem }
            : new Outcome.Failed(why, Refused(response.StatusCode)) { Problem = problem };
    }

    private Outcome.OverLimit OverLimit(HttpResponseMessage response) => new(Pace.Wait(response.Headers, time.GetUtcNow(), system.LimitPause));

    private Ration? Ration(HttpResponseMessage response) =>
        Http.Ration.Of(Budget.Of(response.Headers, system.System.Limits, time.GetUtcNow()), system.LimitReserve, time.GetUtcNow());

    /// <summary>Says that the request itself is wrong, as a locator that has expired; a missing permission or a conflict may pass.</summary>
    private static bool Refused(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity;

    private Outcome Parse(string what, HttpResponseMessage response, byte[] body)
    {
        try
        {
            return new Outcome.Answered(JsonSerializer.Deserialize<JsonElement>(body), Headers(response), response.Headers.Date ?? time.GetUtcNow(), Ration(response));
        }
        catch (JsonException)
        {
            var type = response.Content.Headers.ContentType?.MediaType;
            var found = $"{body.Length} bytes of {type ?? "no type"} that are not JSON";
            return new Outcome.Failed($"{what} was answered {(int)response.StatusCode} with {found}.{Hint.For(type)}") { Problem = new Problem(ProblemKind.NotJson, found, (int)response.StatusCode) };
        }
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response) =>
        response.Headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.SelectMany(header => header.Value)), StringComparer.OrdinalIgnoreCase);
}
