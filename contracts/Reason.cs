namespace Pipeline.Contracts;

/// <summary>
/// Why a message could not be used, or an account is not let in. The list is closed and the codes are stable:
/// outsiders group, alarm and script by them.
/// </summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Sentence">What it means and what to do about it.</param>
public sealed record Reason(string Code, string Sentence)
{
    public static readonly Reason MessageUnreadable = new("message_unreadable",
        "The body is not one JSON text. Publish one UTF-8 JSON object as the whole body.");

    public static readonly Reason MessageInvalid = new("message_invalid",
        "The body is JSON, but a field is missing, mistyped, there twice or not storable. Correct the field named in the detail and publish again.");

    public static readonly Reason MessageTooLarge = new("message_too_large",
        "The body is over 1 MiB. Leave out attachments and long texts, and publish again.");

    public static readonly Reason AccountIdMissing = new("account_id_missing",
        "Nothing in the message says which account it belongs to. Give it an account_id, or a claim by parent, email, user or support id.");

    public static readonly Reason AccountIdNotText = new("account_id_not_text",
        "The account_id is neither text nor a whole number, so it cannot be compared exactly. Store it as text in the source system.");

    public static readonly Reason AccountNeverAppeared = new("account_never_appeared",
        "The object waited until its deadline and the account it names was never admitted. Compare the key with the accounts, repair either side, and replay.");

    public static readonly Reason AccountRefused = new("account_refused",
        "The object waited until its deadline and its account was refused by the filters all that time. See why the account was refused, then replay.");

    public static readonly Reason ClaimAmbiguous = new("claim_ambiguous",
        "The object waited until its deadline and its claim named more than one account all that time. Make the claim unique, then replay.");

    public static readonly Reason HandlerFailed = new("handler_failed",
        "The program failed on this message each time it tried. The message is unharmed: report the failure, and replay once it is mended.");

    public static readonly Reason DeliveryLimitReached = new("delivery_limit_reached",
        "The broker delivered the message again and again and no consumer finished it. Look for a crash at the time given, then replay.");

    public static readonly Reason Unroutable = new("unroutable",
        "No queue was bound to the exchange that it was published to. Start any service of the pipeline again, which binds them all, then replay.");

    public static readonly Reason RecordUnmappable = new("record_unmappable",
        "A record read from the system could not be turned into a message. Compare it with what the connector expects; it is tried again when the record changes.");

    public static readonly Reason NameMissing = new("name_missing",
        "The account has no name, which is mandatory. Fill it in the system of record.");

    public static readonly Reason JoinDateMissing = new("join_date_missing",
        "The account has no join date, which is mandatory. Fill it in the system of record.");

    public static readonly Reason FilterFailed = new("filter_failed",
        "The account does not meet a filter of the rules. The detail names the condition and the value that it saw.");

    public static readonly Reason PathFilterFailed = new("path_filter_failed",
        "The linked record of another system does not meet the rules. The detail names the path, the condition and the value.");

    public static readonly Reason RecordDeleted = new("record_deleted",
        "The record was deleted in the system of record, or carries another account_id now.");

    /// <summary>Every reason there is, in the order in which they are documented.</summary>
    public static IReadOnlyList<Reason> All { get; } =
    [
        MessageUnreadable, MessageInvalid, MessageTooLarge, AccountIdMissing, AccountIdNotText,
        AccountNeverAppeared, AccountRefused, ClaimAmbiguous, HandlerFailed, DeliveryLimitReached, Unroutable, RecordUnmappable,
        NameMissing, JoinDateMissing, FilterFailed, PathFilterFailed, RecordDeleted,
    ];

    /// <summary>The reason with this code, or null where the code is not one of ours.</summary>
    public static Reason? Find(string? code) => code is null ? null : All.FirstOrDefault(reason => reason.Code == code);

    public override string ToString() => Code;
}
