using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Salesforce;

/// <summary>
/// Salesforce has no webhook of its own: outbound messages are SOAP, change events are a stream. What can be done is a flow
/// on each object that is read, after each save, with an HTTP callout, or the same in Apex: its external credential holds the
/// secret as a header, and its body is <c>{"object": "account", "id": "001..."}</c>. Callouts are made after the commit, but the
/// row may become visible later still; the next pass of the feed has it then. Source: help.salesforce.com, HTTP Callout, External Credentials.
/// </summary>
internal static class SalesforceWebhook
{
    /// <summary>Far from the 16,384 bytes that an address may have.</summary>
    private const int Most = 200;

    public static Webhook? Of(SystemSettings settings) => WrittenWebhook.Of(settings, "a flow's HTTP callout", IsId,
        ("account", "accounts"), ("contact", "contacts"), ("opportunity", "opportunities"), ("case", "cases"));

    /// <param name="select">The query without its condition.</param>
    public static Lookup ById(string version, string select) => new(
        Most,
        ids => VendorRequest.Get($"/services/data/{version}/queryAll", ("q", $"{select} WHERE Id IN ({string.Join(", ", ids.Select(Quoted))})")),
        answer => answer.List("records"));

    /// <summary>One id that is none makes Salesforce refuse the query for all.</summary>
    private static bool IsId(string text) => text.Length is 15 or 18 && text.All(char.IsAsciiLetterOrDigit);

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
