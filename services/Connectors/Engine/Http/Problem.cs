using System.Net.Http.Headers;
using System.Net.Sockets;
using Polly.Timeout;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>What kept a request from an answer that can be used.</summary>
public enum ProblemKind
{
    HostNotFound,
    ConnectionRefused,
    Unreachable,
    Tls,
    Timeout,

    /// <summary>The connection was there and broke.</summary>
    Broken,

    /// <summary>The answer is larger than any page may be.</summary>
    TooLarge,

    /// <summary>An answer whose status is not a success.</summary>
    Status,
    NotJson,
    UnknownShape,
}

/// <summary>The same as the failure's text, for whoever must tell one kind from another.</summary>
/// <param name="Words">The system's own, or the network's, on one line; holds no secret.</param>
/// <param name="Status">Of the answer, where there was one.</param>
/// <param name="ForToken">Whether it was a token that was asked for.</param>
public sealed record Problem(ProblemKind Kind, string Words, int? Status = null, bool ForToken = false)
{
    /// <param name="words">The start of the answer.</param>
    public static Problem Of(HttpResponseMessage response, string words) =>
        new(ProblemKind.Status, Target(response.Headers) is { } target ? $"it points to {target}" : words, (int)response.StatusCode);

    /// <param name="words">The exception's text, without secrets.</param>
    public static Problem Of(Exception exception, string words) => new(KindOf(exception), words);

    /// <summary>Where a redirect leads; its query may hold what nobody should see.</summary>
    private static string? Target(HttpResponseHeaders headers) => headers.Location?.OriginalString.Split('?', '#')[0];

    private static ProblemKind KindOf(Exception exception) => exception switch
    {
        TimeoutRejectedException or OperationCanceledException => ProblemKind.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ProblemKind.HostNotFound,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ProblemKind.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ProblemKind.TooLarge,
        HttpRequestException { InnerException: SocketException socket } => KindOf(socket.SocketErrorCode),
        _ => ProblemKind.Broken,
    };

    private static ProblemKind KindOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ProblemKind.ConnectionRefused,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => ProblemKind.HostNotFound,
        SocketError.TimedOut => ProblemKind.Timeout,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => ProblemKind.Unreachable,
        _ => ProblemKind.Broken,
    };
}
