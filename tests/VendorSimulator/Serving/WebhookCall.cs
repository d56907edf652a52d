namespace Pipeline.VendorSimulator.Serving;

/// <summary>One delivery of a system's webhook, as it is sent.</summary>
/// <param name="Body">The bytes that are signed.</param>
/// <param name="Headers">Signature, delivery id and what else the vendor sends; Content-Type where it is not JSON.</param>
/// <param name="Expected">The status that the vendor takes for an answer; on any other it tries again.</param>
public sealed record WebhookCall(byte[] Body, IReadOnlyDictionary<string, string> Headers, int Expected = StatusCodes.Status200OK)
{
    /// <summary>The same as somebody would send it who does not have the key: another body under the old signature, or another secret.</summary>
    public WebhookCall Forged() => this with
    {
        Body = [.. Body, (byte)' '],
        Headers = Headers.ToDictionary(header => header.Key, header => header.Key is "Authorization" || header.Key.Contains("secret", StringComparison.OrdinalIgnoreCase) ? header.Value + "x" : header.Value),
        Expected = StatusCodes.Status401Unauthorized,
    };
}
