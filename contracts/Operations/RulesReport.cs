namespace Pipeline.Contracts.Operations;

/// <summary>Rules that somebody puts into force.</summary>
/// <param name="Yaml">The whole rules file.</param>
/// <param name="Author">Who says so.</param>
/// <param name="Reason">Why, in the author's words.</param>
public sealed record RulesOrder(string Yaml, string Author, string Reason);

/// <summary>A set of rules that is or was in force. The one with the highest version is in force.</summary>
/// <param name="ReturnsTo">The version whose rules these are again, where an undo made it.</param>
/// <param name="Accounts">How many accounts had to be decided anew when it was applied.</param>
/// <param name="Decided">How many of them are.</param>
/// <param name="FinishedAt">When all were; null while they are being decided.</param>
public sealed record RuleSetLine(
    int Version, string Author, string Reason, DateTimeOffset AppliedAt, int? ReturnsTo, long Accounts, long Decided, DateTimeOffset? FinishedAt);

/// <summary>A set of rules with its text.</summary>
/// <param name="InForce">Whether it is the one that decides now.</param>
public sealed record RuleSetReport(RuleSetLine Set, bool InForce, string Yaml);

/// <summary>What a set of rules would change, were it applied now. Nothing is changed by asking.</summary>
/// <param name="Mistakes">What is wrong with the file, each with its line; the rest is empty then.</param>
/// <param name="Version">The version in force that it is compared with.</param>
/// <param name="Accounts">Accounts looked at.</param>
/// <param name="InBefore">Of them, those that are in now.</param>
/// <param name="InAfter">Those that would be in.</param>
/// <param name="WaitingAfter">Those that would wait for another system.</param>
/// <param name="ComesIn">Accounts that would come in, by account_id; the first ten thousand.</param>
/// <param name="Goes">Accounts that would go, and why; the first ten thousand.</param>
/// <param name="Freed">Children that would be in with the accounts listed, at least: what waits for a contact of theirs follows.</param>
/// <param name="Hidden">Children that would leave the view with the accounts listed.</param>
/// <param name="Warnings">What looks like a slip: a field that no record has.</param>
public sealed record RulesTrialReport(
    IReadOnlyList<string> Mistakes, int Version, long Accounts, long InBefore, long InAfter, long WaitingAfter, long ComingIn, long Going,
    IReadOnlyList<TriedAccount> ComesIn, IReadOnlyList<TriedAccount> Goes, long Freed, long Hidden, IReadOnlyList<string> Warnings);

/// <summary>An account whose fate would change.</summary>
/// <param name="Name">Its name in the system of record, where there is one.</param>
/// <param name="Why">Why it would go or, for one that would come in, why it is out now.</param>
/// <param name="Links">Its ids in other systems: what waits for these would come in with it.</param>
/// <param name="Children">How many children would come in, or leave the view. Usage events that are stored are not counted.</param>
public sealed record TriedAccount(string AccountId, string? Name, string Why, IReadOnlyList<Link> Links, long Children);

/// <summary>How far a trial is.</summary>
public sealed record RulesTrialProgress(long Looked, long Total);

/// <summary>An account and its ids in other systems, whose children are to be counted.</summary>
public sealed record AccountKeys(string AccountId, IReadOnlyList<Link> Links);

/// <summary>The children of an account.</summary>
/// <param name="Stored">Those that are in under it, in the view or out of it. Without usage events, which are too many to be counted.</param>
/// <param name="Waiting">Those that wait for it.</param>
public sealed record AccountChildren(string AccountId, long Stored, long Waiting);
