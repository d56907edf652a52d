using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>The last issue of a page, and the query that it was a page of; a token is good for no other query. The text is for the server alone.</summary>
public sealed record JiraToken(string Query, long Stamp, string Id)
{
    public static JiraToken Of(string jql, StampedRow issue) => new(Hash(jql), issue.Stamp.ToUnixTimeMilliseconds(), issue.Id);

    public static JiraToken? Read(string text, string jql)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split('|') is [var query, var stamp, var id] && query == Hash(jql) && long.TryParse(stamp, CultureInfo.InvariantCulture, out var time)
            ? new JiraToken(query, time, id) : null;
    }

    public string Write() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Query}|{Stamp}|{Id}")));

    /// <summary>Whether the issue comes after this place.</summary>
    public bool IsBefore(StampedRow issue, bool descending)
    {
        var stamp = issue.Stamp.ToUnixTimeMilliseconds();
        var order = stamp == Stamp ? string.CompareOrdinal(issue.Id, Id) : stamp.CompareTo(Stamp);
        return descending ? order < 0 : order > 0;
    }

    private static string Hash(string jql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(jql)))[..8];
}
