using System.Globalization;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>Bodies as an outsider writes them: text, nothing of ours.</summary>
internal static class Bodies
{
    public static string Child(string nativeId, string claim, string type = "ticket", string source = "desk", int minute = 0) =>
        $$$"""{"source":"{{{source}}}","object_type":"{{{type}}}","native_id":"{{{nativeId}}}","observed_at":"{{{At(minute)}}}",{{{claim}}},"data":{"subject":"Hello"}}""";

    public static string Record(string accountId, string nativeId, string type = "Customer", int minute = 0, string more = "") =>
        $$$"""{"source":"crm","native_id":"{{{nativeId}}}","observed_at":"{{{At(minute)}}}","account_id":"{{{accountId}}}","name":"Acme","join_date":"2025-06-01","fields":{"Type":"{{{type}}}"}{{{more}}}}""";

    public static string Evidence(string linkedTo, string status = "Active", int minute = 0) =>
        $$$"""{"source":"billing","native_id":"B-{{{linkedTo}}}","observed_at":"{{{At(minute)}}}","links":[{"system":"crm","native_id":"{{{linkedTo}}}"}],"fields":{"status":"{{{status}}}"}}""";

    private static string At(int minute) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
