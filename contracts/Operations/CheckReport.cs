namespace Pipeline.Contracts.Operations;

/// <summary>A system that there is a connector for.</summary>
/// <param name="Configured">Whether it is read.</param>
public sealed record SystemLine(string System, bool Configured);

/// <summary>Whether a system can be read with its settings, as <c>pipeline check SYSTEM --json</c> prints it.</summary>
/// <param name="State">ok, failed or not_configured.</param>
/// <param name="Verdict">What was found, for a person.</param>
/// <param name="Address">What all requests go below; null where it is not configured.</param>
/// <param name="Credentials">accepted, refused, or unknown where no answer tells.</param>
/// <param name="Feeds">Each feed; empty where the system is not configured.</param>
/// <param name="Settings">What a system that is not configured can be told; else empty.</param>
public sealed record CheckReport(
    string System, string State, string Verdict, string? Address, string Credentials, IReadOnlyList<FeedCheck> Feeds, IReadOnlyList<SettingLine> Settings);

/// <summary>A setting of a system.</summary>
/// <param name="Name">As a variable of the environment.</param>
/// <param name="Otherwise">Its default, which may be empty; null where it is required.</param>
/// <param name="Range">Where it has one.</param>
/// <param name="File">The variable that may name a file in its place; secrets alone have one.</param>
public sealed record SettingLine(string Name, string Meaning, string? Otherwise, string? Range, bool IsSecret, string? File);

/// <summary>What the first page of a feed says.</summary>
/// <param name="State">ok, empty, failed or not_asked.</param>
/// <param name="Verdict">In a sentence, for a person.</param>
/// <param name="Asked">The method and the address, without its query.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
/// <param name="Sample">What the page holds; null where there is none.</param>
public sealed record FeedCheck(string Feed, string State, string Verdict, string Asked, CheckProblem? Problem, FeedSample? Sample);

/// <summary>Why a feed cannot be read.</summary>
/// <param name="Code">
/// host_not_found, connection_refused, unreachable, tls_failed, timeout, connection_broken, answer_too_large, redirected, credentials_refused,
/// permission_missing, not_found, not_acceptable, gone, over_limit, request_refused, server_error, not_json, unknown_shape or nothing_mapped.
/// </param>
/// <param name="Detail">What was seen, with the system's own words; holds no secret.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Status">Of the answer, where there was one.</param>
/// <param name="WaitSeconds">How long the system asks to be left alone.</param>
public sealed record CheckProblem(string Code, string Detail, string Advice, int? Status, double? WaitSeconds);

/// <summary>The records of one page.</summary>
/// <param name="Total">How many records the system says there are; null where it does not say.</param>
/// <param name="More">Whether there is another page.</param>
/// <param name="Unmappable">Records that cannot become a message.</param>
/// <param name="UnmappableReasons">The first few reasons, with how many records each.</param>
/// <param name="Accounts">Records of accounts.</param>
/// <param name="Linked">Of those, how many name the record of another system.</param>
/// <param name="WithEmail">Of those, how many have an email address.</param>
/// <param name="Children">Records of other objects.</param>
/// <param name="Claims">Of those, by which kind of claim they say first whose they are; <c>nothing</c> for those that do not say.</param>
/// <param name="AccountIds">Of accounts, and of children that claim by account_id; null where there are none such.</param>
public sealed record FeedSample(
    long Read, long? Total, bool More, long Unmappable, IReadOnlyDictionary<string, long> UnmappableReasons,
    long Accounts, long Linked, long WithEmail, long Children, IReadOnlyDictionary<string, long> Claims, AccountIdSample? AccountIds);

/// <summary>How a page's records state their account_id. Form only: no value is shown whole.</summary>
/// <param name="Records">Those that were looked at.</param>
/// <param name="Carried">Those with a usable one.</param>
/// <param name="Forms">By form: text, whole_number; missing; and what is no account_id: fraction, boolean, object, list, broken_text.</param>
/// <param name="Fields">Where it stands in every record that carries one, as <c>custom.account_id</c>.</param>
/// <param name="Looks">
/// Usable ones by look: uuid, whole_number, decimal_number, letters_and_digits_15, letters_and_digits_18, letters_and_digits, words_and_number,
/// email_address, web_address, word_for_nothing, other.
/// </param>
/// <param name="Repeated">How many ids are carried by more than one record of the page.</param>
/// <param name="OuterBlanks">How many begin or end with white space.</param>
/// <param name="Longest">Characters of the longest one.</param>
/// <param name="Examples">The first two characters and the length of a few.</param>
public sealed record AccountIdSample(
    long Records, long Carried, IReadOnlyDictionary<string, long> Forms, IReadOnlyList<string> Fields, IReadOnlyDictionary<string, long> Looks,
    long Repeated, long OuterBlanks, int Longest, IReadOnlyList<string> Examples);
