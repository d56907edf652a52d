using System.Text.Json;
using Pipeline.Architecture.Tests.Approvals;
using Pipeline.Contracts;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>One body of each message. Those that outsiders publish are the examples of docs/publish.md; the rest are written by the pipeline's own serialiser.</summary>
internal static class Examples
{
    public static string AccountDiscovered { get; } = Repository.Read("docs/examples/account-discovered.json");

    public static string ChildObjectReceived { get; } = Repository.Read("docs/examples/child-object-received.json");

    public static string UsageEventReceived { get; } = Repository.Read("docs/examples/usage-event-received.json");

    public static string UserMapped { get; } = Repository.Read("docs/examples/user-mapped.json");

    private static readonly DateTimeOffset Time = new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero);
    private static readonly AccountId Account = Contracts.AccountId.Of("ACME-0012");

    public static string AccountAdmitted { get; } = JsonSerializer.Serialize(
        new AccountAdmitted
        {
            AccountId = Account, Revision = 1, Source = "crm", NativeId = "0015g00000XyZ1A", Name = "Acme Limited",
            JoinDate = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), Links = [new Link("billing", "8ad08c1e7f")],
        },
        PipelineJson.Wire.AccountAdmitted);

    public static string AccountRefused { get; } = JsonSerializer.Serialize(
        new AccountRefused { AccountId = Account, Revision = 1, Source = "crm", Reasons = [StatedReason.Of(new Refusal(Reason.FilterFailed, "Type is Prospect, and has to equal Customer."))] },
        PipelineJson.Wire.AccountRefused);

    public static string AccountWithdrawn { get; } = JsonSerializer.Serialize(
        new AccountWithdrawn { AccountId = Account, Revision = 2, Source = "crm", Reasons = [StatedReason.Of(new Refusal(Reason.RecordDeleted, "The record 0015g00000XyZ1A was deleted."))] },
        PipelineJson.Wire.AccountWithdrawn);

    public static string ChildObjectAccepted { get; } = JsonSerializer.Serialize(
        new ChildObjectAccepted
        {
            Source = "portal", ObjectType = "feedback", NativeId = "4711", ObservedAt = Time, AccountId = Account, Claim = new Claim(ClaimKind.AccountId, Account.Text),
        },
        PipelineJson.Wire.ChildObjectAccepted);

    public static string ChildObjectWithdrawn { get; } = JsonSerializer.Serialize(
        new ChildObjectWithdrawn
        {
            Source = "portal", ObjectType = "feedback", NativeId = "4711", ObservedAt = Time, AccountId = Account, WaitsFor = new Claim(ClaimKind.Email, "jo@acme.example"), Ambiguous = true,
        },
        PipelineJson.Wire.ChildObjectWithdrawn);

    public static string ChildObjectDeadLettered { get; } = JsonSerializer.Serialize(
        new ChildObjectDeadLettered
        {
            Source = "portal", ObjectType = "feedback", NativeId = "4712", ObservedAt = Time, DeadLetterId = StableId.Of("portal", "feedback", "4712"),
            Reason = Reason.AccountNeverAppeared.Code, Sentence = new Refusal(Reason.AccountNeverAppeared, "It waited for account_id acme-0012.").Sentence,
            WaitedFor = new Claim(ClaimKind.AccountId, "acme-0012"),
        },
        PipelineJson.Wire.ChildObjectDeadLettered);
}
