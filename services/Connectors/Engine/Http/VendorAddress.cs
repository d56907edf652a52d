namespace Pipeline.Connectors.Engine.Http;

/// <summary>Makes the address of a request. Credentials go to the configured host and to no other, whatever a system's answer says.</summary>
public static class VendorAddress
{
    /// <summary>Where tokens are asked for: the connector says it, not an answer, so it may be a host of its own.</summary>
    public static Uri OfToken(Uri address, string path) => IsWhole(path) ? new Uri(path) : Of(address, path);

    /// <exception cref="UnknownShapeException">The address is on another host.</exception>
    public static Uri Of(Uri address, string path)
    {
        if (IsWhole(path)) return SameHost(address, new Uri(path));

        var prefix = address.AbsolutePath.TrimEnd('/');
        var below = path.StartsWith('/') ? path : "/" + path;
        // A path that a system gave already holds the prefix; one that a connector wrote does not.
        var whole = prefix.Length > 0 && below.StartsWith(prefix + "/", StringComparison.Ordinal) ? below : prefix + below;
        return SameHost(address, new Uri(address, whole));
    }

    private static bool IsWhole(string path) =>
        path.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    private static Uri SameHost(Uri address, Uri target) =>
        Uri.Compare(address, target, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? target
            : throw new UnknownShapeException($"The system gave an address on another host, {target.Host}. It is not followed, for the credentials would go there.");
}
