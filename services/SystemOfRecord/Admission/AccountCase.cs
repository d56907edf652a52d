using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>All that is known of one account_id at one moment: the records that carry it, and what other systems say of them.</summary>
/// <param name="AccountId">The account that the case is about.</param>
/// <param name="Number">Rises with each change of the facts; an older case that arrives later is old news.</param>
/// <param name="RulesVersion">The rules that were in force then, and decide it.</param>
public sealed record AccountCase(string AccountId, long Number, int RulesVersion, IReadOnlyList<SorRecord> Records, IReadOnlyList<EvidenceRecord> Evidence);

/// <summary>A record of the system of record that carries the account_id.</summary>
/// <param name="Links">The same account's ids in other systems, linked from either side.</param>
public sealed record SorRecord(string NativeId, string? Name, DateTimeOffset? JoinDate, Dictionary<string, JsonElement> Fields, IReadOnlyList<Link> Links);

/// <summary>A record of another system that is linked to one of the records above.</summary>
/// <param name="LinkedTo">The native id of that record in the system of record.</param>
public sealed record EvidenceRecord(string System, string NativeId, string LinkedTo, Dictionary<string, JsonElement> Fields);
