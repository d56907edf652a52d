using System.Text.RegularExpressions;

namespace Pipeline.Connectors.Reading;

/// <summary>The next page as a header names it. Source: RFC 8288 §3, Web Linking.</summary>
public static partial class LinkHeader
{
    /// <summary>The request for the link whose relation is "next", or null.</summary>
    public static VendorRequest? Next(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Link", out var links) && NextPattern().Match(links) is { Success: true } match ? new VendorRequest(match.Groups["target"].Value) : null;

    [GeneratedRegex("<(?<target>[^<>]*)>[^<>,]*;\\s*rel=\"?next\"?(?![A-Za-z-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextPattern();
}
