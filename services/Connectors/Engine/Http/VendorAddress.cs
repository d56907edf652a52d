namespace Pipeline.Connectors.Engine.Http;

/// <summary>Makes the address of a request. Credentials go to the configured host and to no other, whatever a system's answer says.</summary>
public static class VendorAddress
{
    /// <exception cref="UnknownShapeException">The address is on another host.</exception>
    public static Uri Of(Uri address, string path)
    {
        if (path.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            return SameHost(address, new Uri(path));

        var prefix = address.AbsolutePath.TrimEnd('/');
        var below = path.StartsWith('/') ? path : "/" + path;
        // A path that a system gave already holds the prefix; one that a connector wrote does not.
        var whole = prefix.Length > 0 && below.StartsWith(prefix + "/", StringComparison.Ordinal) ? below : prefix + below;
        return SameHost(address, new Uri(address, whole));
    }

    private static Uri SameHost(Uri address, Uri target) =>
        Uri.Compare(address, target, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? target
            : throw new UnknownShapeException($"The system gave an address on another host, {target.Host}. It is not followed, for the credentials would go there.");
}
