using System.Text.Json;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>When a record can be seen.</summary>
public enum Visibility
{
    Always,

    /// <summary>Committed late: it shows with a stamp that is older than records which were served before it.</summary>
    Lagging,

    /// <summary>Created after Zendesk's tickets were exported.</summary>
    Late,

    /// <summary>A change that is made some seconds after the late records were created.</summary>
    Changed,

    /// <summary>A change that takes that one back, some seconds later.</summary>
    ChangedBack,
}

/// <summary>One record of an object as of a change: its fields by their API names.</summary>
public sealed record SalesforceRecord(string Id, DateTimeOffset Stamp, Visibility Visibility, bool Deleted, IReadOnlyDictionary<string, JsonElement> Fields);
