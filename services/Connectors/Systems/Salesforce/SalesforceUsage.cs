using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Connectors.Systems.Salesforce;

/// <summary>
/// How much of the organisation's requests of a day has been used: every REST answer has it, as <c>api-usage=18/5000</c>.
/// The day is a rolling one. Source: developer.salesforce.com, REST API, Limit Info Header; Salesforce Developer Limits.
/// </summary>
internal static partial class SalesforceUsage
{
    public static LimitHeader Header { get; } = new("Sforce-Limit-Info", TimeSpan.FromDays(1), Read);

    private static Allowance? Read(string text)
    {
        if (UsagePattern().Match(text) is not { Success: true } match) return null;
        var (used, total) = (Number(match, "used"), Number(match, "total"));
        return new Allowance(total - used, total);
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The usage of one app, <c>per-app-api-usage</c>, may stand beside it.</summary>
    [GeneratedRegex("(?<![A-Za-z-])api-usage=(?<used>[0-9]{1,18})/(?<total>[0-9]{1,18})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsagePattern();
}
