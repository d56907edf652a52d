using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>How messages look on the wire: plain JSON in snake_case, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountDiscovered))]
[JsonSerializable(typeof(ChildObjectReceived))]
[JsonSerializable(typeof(UserMapped))]
[JsonSerializable(typeof(AccountAdmitted))]
[JsonSerializable(typeof(AccountRefused))]
[JsonSerializable(typeof(AccountWithdrawn))]
[JsonSerializable(typeof(ChildObjectAccepted))]
[JsonSerializable(typeof(ChildObjectWithdrawn))]
[JsonSerializable(typeof(ChildObjectDeadLettered))]
[JsonSerializable(typeof(ReplayDecided))]
[JsonSerializable(typeof(LateAnswers))]
[JsonSerializable(typeof(Operations.LedgerReport))]
[JsonSerializable(typeof(Operations.PipelineLedger))]
[JsonSerializable(typeof(Operations.GatekeeperStatus))]
[JsonSerializable(typeof(IReadOnlyList<Operations.ParkedLine>))]
[JsonSerializable(typeof(IReadOnlyList<Operations.StrangeAccountLine>))]
[JsonSerializable(typeof(Operations.CorrectionOrder))]
[JsonSerializable(typeof(Operations.UndoOrder))]
[JsonSerializable(typeof(IReadOnlyList<Operations.CorrectionLine>))]
[JsonSerializable(typeof(Operations.WhyReport))]
[JsonSerializable(typeof(Operations.SystemOfRecordStatus))]
[JsonSerializable(typeof(Operations.AccountReport))]
[JsonSerializable(typeof(Operations.AccountObjectsReport))]
[JsonSerializable(typeof(IReadOnlyList<Operations.PublishedId>))]
[JsonSerializable(typeof(Operations.AgainstReport))]
[JsonSerializable(typeof(Operations.RulesOrder))]
[JsonSerializable(typeof(IReadOnlyList<Operations.RuleSetLine>))]
[JsonSerializable(typeof(Operations.RuleSetReport))]
[JsonSerializable(typeof(Operations.RulesTrialReport))]
[JsonSerializable(typeof(Operations.RulesTrialProgress))]
[JsonSerializable(typeof(IReadOnlyList<Operations.AccountKeys>))]
[JsonSerializable(typeof(IReadOnlyList<Operations.AccountChildren>))]
[JsonSerializable(typeof(Operations.StatusReport))]
[JsonSerializable(typeof(IReadOnlyList<Operations.FeedProgress>))]
[JsonSerializable(typeof(IReadOnlyList<Operations.WebhookProgress>))]
[JsonSerializable(typeof(IReadOnlyList<Operations.DeadLetterLine>))]
[JsonSerializable(typeof(Operations.DeadLetterPage))]
[JsonSerializable(typeof(Operations.DeadLetterReport))]
[JsonSerializable(typeof(IReadOnlyList<Operations.DeadLetterGroup>))]
[JsonSerializable(typeof(Operations.TriageOrder))]
[JsonSerializable(typeof(Operations.OperationOrder))]
[JsonSerializable(typeof(IReadOnlyList<Operations.RepairStep>))]
[JsonSerializable(typeof(Operations.OperationPreview))]
[JsonSerializable(typeof(Operations.OperationReport))]
[JsonSerializable(typeof(IReadOnlyList<Operations.OperationReport>))]
[JsonSerializable(typeof(Operations.OperationLetterPage))]
[JsonSerializable(typeof(Operations.SteerOrder))]
[JsonSerializable(typeof(Operations.ReleaseRuleOrder))]
[JsonSerializable(typeof(IReadOnlyList<Operations.ReleaseRuleLine>))]
[JsonSerializable(typeof(Operations.SwitchOrder))]
[JsonSerializable(typeof(IReadOnlyList<Operations.AuditLine>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<Operations.SystemLine>))]
[JsonSerializable(typeof(Operations.CheckReport))]
[JsonSerializable(typeof(IReadOnlyList<Operations.CheckReport>))]
[JsonSerializable(typeof(Operations.AdviceReport))]
[JsonSerializable(typeof(Operations.AdviceProgress))]
[JsonSerializable(typeof(IReadOnlyList<Operations.ClaimProfile>))]
public sealed partial class PipelineJson : JsonSerializerContext
{
    /// <summary>Messages: text stays readable, not escaped to ASCII, for none of it is put into a page as it is.</summary>
    public static PipelineJson Wire { get; } = new(Writing(JsonIgnoreCondition.WhenWritingNull));

    /// <summary>Reports: every field is written, zeros and all, so that a script need not ask whether it is there.</summary>
    public static PipelineJson Report { get; } = new(Writing(JsonIgnoreCondition.Never));

    private static JsonSerializerOptions Writing(JsonIgnoreCondition ignore) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = ignore,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
