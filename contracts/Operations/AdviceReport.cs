namespace Pipeline.Contracts.Operations;

/// <summary>Which account_id and which system of record the data seen speak for, as <c>pipeline advise --json</c> prints it. Shares are 0 to 1.</summary>
/// <param name="Records">Account-like records that are not deleted, of all systems. Zero: there is nothing to advise on yet.</param>
/// <param name="SampleSize">How many distinct values of a field are looked at to tell how it is made; all other figures are exact counts.</param>
/// <param name="Systems">Each system and its fields, by name.</param>
/// <param name="Overlaps">How far the values of one system's candidate are another system's as well.</param>
/// <param name="Recommendations">One a system, the best first.</param>
/// <param name="RepairFirst">What would help most before a choice is made; null where nothing has to be repaired.</param>
/// <param name="Places">How the records of every other system would be tied to the first recommendation.</param>
/// <param name="Claims">How child objects said whose they are; empty where the gatekeeper does not answer.</param>
public sealed record AdviceReport(
    long Records, int SampleSize, IReadOnlyList<SystemProfile> Systems, IReadOnlyList<FieldOverlap> Overlaps, IReadOnlyList<Recommendation> Recommendations, string? RepairFirst,
    IReadOnlyList<PlaceProfile> Places, IReadOnlyList<ClaimProfile> Claims);

/// <summary>What a system's account-like records hold.</summary>
/// <param name="Records">Those that are not deleted.</param>
/// <param name="Named">Those that have a name.</param>
/// <param name="Joined">Those that have a join date.</param>
/// <param name="Fields">What could be an account_id or a filter: account_id, native_id, email, support_id, and the record's own as <c>fields.NAME</c>.</param>
/// <param name="Filters">Fields with a few values, each of them frequent.</param>
/// <param name="Paths">Other systems that its records are linked with, from whichever side.</param>
public sealed record SystemProfile(
    string System, long Records, long Named, long Joined, IReadOnlyList<FieldProfile> Fields, IReadOnlyList<FilterField> Filters, IReadOnlyList<LinkPath> Paths);

/// <summary>What the values of one field look like.</summary>
/// <param name="Carried">Records that have a value.</param>
/// <param name="Coverage">Their share of the records.</param>
/// <param name="Values">How many values there are on all of them together; more than <paramref name="Carried"/> only for emails.</param>
/// <param name="Distinct">How many different ones.</param>
/// <param name="Uniqueness">Distinct by values; 1 where no two records share one.</param>
/// <param name="Type">text, integer, decimal, date, boolean or mixed.</param>
/// <param name="Making">How the values seem to be made.</param>
/// <param name="Observed">How often a record that had a value was observed again.</param>
/// <param name="Changed">How often it had another value then.</param>
public sealed record FieldProfile(
    string Field, long Carried, double Coverage, long Values, long Distinct, double Uniqueness, string Type, Making Making, long Observed, long Changed);

/// <summary>How the values of a field seem to be made, by a sample of them.</summary>
/// <param name="By">program, person or unclear.</param>
/// <param name="Pattern">The most frequent pattern: digits, uuid, code, or a form in which A and a stand for letters and 9 for digits, as in Aa-9.</param>
/// <param name="PatternShare">How much of the sample has it.</param>
/// <param name="Spaced">Values of the sample with white space in or around them.</param>
/// <param name="CaseVariants">Values of the sample that another one differs from in spelling alone.</param>
/// <param name="Typos">Values of the sample that another one differs from by one letter.</param>
public sealed record Making(string By, string Pattern, double PatternShare, long Spaced, long CaseVariants, long Typos);

/// <summary>A field by which records can be filtered.</summary>
/// <param name="Values">Its values, each with how many records have it.</param>
public sealed record FilterField(string Field, IReadOnlyDictionary<string, long> Values);

/// <summary>Links between the records of two systems, whichever side says them.</summary>
/// <param name="Linked">Records of the system that are linked with a known record of the other.</param>
public sealed record LinkPath(string System, long Linked, double Coverage);

/// <summary>How many of the values of one field are known to another system, byte for byte.</summary>
/// <param name="OtherField">The other system's candidate that shares the most.</param>
/// <param name="Values">Distinct values of the field.</param>
/// <param name="Shared">Of them, those that the other has as well.</param>
/// <param name="NearMisses">Of the others, those that would be equal if spelling did not count: case, blanks and their like.</param>
public sealed record FieldOverlap(string System, string Field, string OtherSystem, string OtherField, long Values, long Shared, long NearMisses);

/// <summary>A system and the field of it that would be the account_id, measured by every criterion.</summary>
/// <param name="Known">Account_ids that other systems know.</param>
/// <param name="Held">Of them, those that it has, byte for byte.</param>
/// <param name="NearlyHeld">Of the others, those that it has in another spelling.</param>
/// <param name="Coverage">Share of its records that carry the id.</param>
/// <param name="Uniqueness">1 where no two records carry the same.</param>
/// <param name="NameCoverage">Share of its records with a name.</param>
/// <param name="JoinDateCoverage">Share of its records with a join date.</param>
/// <param name="MadeBy">program, person or unclear.</param>
/// <param name="Steadiness">1 less the share of observations in which the id had changed; 1 where no record was observed twice.</param>
/// <param name="Filter">A field to filter by; null where there is none.</param>
/// <param name="Path">The system that most of its records are linked with; null where there is none.</param>
/// <param name="Unknown">Systems that have accounts which it does not have.</param>
public sealed record SorCandidate(
    string System, string Field, long Records, long Known, long Held, long NearlyHeld, double Coverage, double Uniqueness, double NameCoverage, double JoinDateCoverage,
    string MadeBy, double Steadiness, FilterField? Filter, LinkPath? Path, IReadOnlyList<UnknownAccounts> Unknown)
{
    /// <summary>Share of the accounts known to others that it has; 1 where no other system states any.</summary>
    public double HeldShare => Known == 0 ? 1 : (double)Held / Known;
}

/// <summary>Accounts of one system that a candidate does not have.</summary>
/// <param name="Examples">A few of their account_ids.</param>
public sealed record UnknownAccounts(string System, long Count, IReadOnlyList<string> Examples);

/// <summary>A candidate in its rank.</summary>
/// <param name="Rank">1 for the best; candidates that are equal in every criterion share one.</param>
/// <param name="Usable">Whether it could be the system of record as it is.</param>
/// <param name="Points">0 to 100, by the published weights.</param>
/// <param name="Reasons">Why, for a person.</param>
/// <param name="Repairs">What keeps it from being usable or better, the gravest first.</param>
public sealed record Recommendation(int Rank, SorCandidate Candidate, bool Usable, double Points, IReadOnlyList<string> Reasons, IReadOnlyList<string> Repairs);

/// <summary>How many records of a system one place of the account_id would tie to the recommended accounts.</summary>
/// <param name="Place">account_id, native_id, link, support_id, email or domain.</param>
/// <param name="Tied">Records that it ties to exactly one account.</param>
/// <param name="NotTied">Records of the system that it does not.</param>
/// <param name="Best">Whether no place ties more.</param>
public sealed record PlaceProfile(string System, string Place, long Tied, long NotTied, bool Best);

/// <summary>How the child objects of a source said whose they are.</summary>
/// <param name="Kind">account_id, parent, email, user_id or account_support_id: the claim that decided.</param>
/// <param name="Objects">Objects that said so.</param>
/// <param name="Tied">Of them, those that found one account.</param>
public sealed record ClaimProfile(string Source, string ObjectType, string Kind, long Objects, long Tied);

/// <summary>How far the advisor is with its reading.</summary>
/// <param name="Stage">idle, reading or comparing.</param>
public sealed record AdviceProgress(string Stage, long Read, long Total);
