namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>The host of a text that is a web address, which two systems may have alike where the address itself differs.</summary>
internal static class WebAddress
{
    /// <summary>The host in small letters, without www; null where the text is none with http, https or www.</summary>
    public static string? Host(string text)
    {
        var address = text.Trim();
        if (address.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) address = $"https://{address}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        var host = uri.IdnHost.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }
}
