using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Jira;

/// <summary>
/// An issue. It says whose it is by a custom field, or is named by its id on the account. A deleted issue is no longer
/// found, and not told of. Source: developer.atlassian.com, Jira Cloud platform REST API v3, Issues.
/// </summary>
internal static class JiraIssue
{
    public const string Stamp = "updated";

    public static Mapped Map(JsonElement record, IReadOnlyList<string> accountIds) => Mapped.ToChild(record, issue =>
    {
        var id = issue.RequiredText("id");
        return new ChildObjectReceived
        {
            Source = JiraConnector.Name,
            ObjectType = "issue",
            NativeId = id,
            ObservedAt = RequiredUpdated(issue, record),
            // The short forms, not claims, for they keep what is written there as it is: law 1 is the gatekeeper's to hold.
            AccountId = accountIds.Select(field => Stated(record, field)).FirstOrDefault(stated => !stated.IsMissing),
            AccountSupportId = accountIds.Count == 0 ? id : null,
            Data = record,
        };
    });

    /// <summary>When the issue last changed, or null.</summary>
    public static DateTimeOffset? Updated(JsonElement record) => Field(record, Stamp) is { ValueKind: JsonValueKind.String } text ? WireTime.Parse(text.GetString()!) : null;

    private static DateTimeOffset RequiredUpdated(Fields issue, JsonElement record)
    {
        if (Updated(record) is { } time) return time;
        issue.Wrong($"fields.{Stamp}", "is not a time with its offset");
        return default;
    }

    /// <summary>A list to choose from states the value that was chosen.</summary>
    private static StatedAccountId Stated(JsonElement record, string field) =>
        Field(record, field) is { } value ? StatedAccountId.Of(value.OptionalText("value") is not null ? value.GetProperty("value") : value) : StatedAccountId.Missing;

    private static JsonElement? Field(JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("fields", out var fields)
        && fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty(name, out var value) ? value : null;
}
