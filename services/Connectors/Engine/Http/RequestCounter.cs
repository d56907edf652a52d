namespace Pipeline.Connectors.Engine.Http;

/// <summary>Counts every attempt, below the retries.</summary>
public sealed class RequestCounter(string system) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var status = 0;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = (int)response.StatusCode;
            return response;
        }
        finally
        {
            Telemetry.Requested(system, status);
        }
    }
}
