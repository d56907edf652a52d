namespace Pipeline.Contracts.Operations;

/// <summary>Why an object is where it is.</summary>
/// <param name="Answer">One sentence for a person.</param>
/// <param name="Places">Every version known, the newest first.</param>
/// <param name="Claims">The claims of the newest version, in the order in which they are tried, with what is known of each now.</param>
/// <param name="NearMisses">Known keys that are spelled nearly as the one that it waits for, or waited for in vain.</param>
public sealed record WhyReport(
    string Source, string ObjectType, string NativeId, string Answer, IReadOnlyList<WhyPlace> Places, IReadOnlyList<WhyClaim> Claims, IReadOnlyList<NearMissLine> NearMisses);

/// <summary>One version and where it is.</summary>
/// <param name="Place">accepted, parked, dead_lettered or overtaken.</param>
/// <param name="Detail">The account, the key that it waits for, or the reason.</param>
/// <param name="TraceId">The trace in which this was decided.</param>
public sealed record WhyPlace(DateTimeOffset ObservedAt, string Place, string Detail, DateTimeOffset At, DateTimeOffset? Deadline, string? MessageId, string? TraceId);

/// <summary>A claim and its answer as things stand.</summary>
/// <param name="Decides">Whether this is the claim that decides: the first one with a value.</param>
/// <param name="Rule">By which rule it is answered.</param>
public sealed record WhyClaim(string Claim, string Answer, bool Decides, string Rule = "");
