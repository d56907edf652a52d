namespace Pipeline.Connectors.Engine.Http;

/// <summary>
/// Ends an attempt only when the whole answer is here: so the timeout is for all of it, an answer that breaks off is tried
/// again as any broken connection, and a request that is still being answered counts as one that is made.
/// </summary>
public sealed class WholeAnswer : DelegatingHandler
{
    /// <summary>The largest answer that is read, in bytes. The largest page that a vendor documents is far smaller.</summary>
    private const long Largest = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(Largest, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
