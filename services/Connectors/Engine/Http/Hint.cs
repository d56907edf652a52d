using System.Net;
using Polly.Timeout;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>What a person can do about a failure, where that is known; said after what happened. Empty where it is not known.</summary>
public static class Hint
{
    public static string For(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => " The credentials are not accepted.",
        HttpStatusCode.Forbidden => " The credentials lack the permission to read this: give it to them in the system.",
        HttpStatusCode.NotFound => " There is nothing at this path: look at BaseUrl, and whether the system's plan includes this.",
        HttpStatusCode.Gone => " What was asked for is over, as a continuation that has expired; the pass begins anew at its cursor.",
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => " The system does not accept the request: look at the names of fields in the settings.",
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => " Redirects are not followed: look at BaseUrl.",
        >= HttpStatusCode.InternalServerError => " The fault is the system's own; it is asked again.",
        _ => "",
    };

    /// <summary>Of an answer that is no JSON.</summary>
    public static string For(string? mediaType) => mediaType == "text/html" ? " It is a page for people, as for a login or under maintenance: look at BaseUrl." : "";

    /// <summary>Of a request that was not answered.</summary>
    public static string For(Exception exception) => exception switch
    {
        TimeoutRejectedException => " Where that goes on, ask for less at once (PageSize) or wait longer (RequestTimeout).",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } => " Look at BaseUrl, and whether the system can be reached from here.",
        _ => "",
    };
}
