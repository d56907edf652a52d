using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.SystemOfRecord.Rules;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>The steps of the state machine, by name: each changes the saga and, where others must know, prepares an announcement.</summary>
internal static class AccountSteps
{
    public static void TakeUp(this AccountSaga saga, AccountCase accountCase, RuleSet rules)
    {
        saga.Case = accountCase;
        saga.Verdict = AdmissionDecision.Decide(accountCase, rules).Verdict;
        saga.SystemOfRecord = rules.SystemOfRecord;
        saga.WaitsFor = null;
        saga.Reasons = [];
        saga.ContestedBy = [];
    }

    public static void Admit(this AccountSaga saga)
    {
        var verdict = (Verdict.Admit)saga.Verdict!;
        saga.NativeId = verdict.Record.NativeId;
        saga.ContestedBy = verdict.Contenders;
        saga.Say(Exchanges.AccountAdmitted, PipelineJson.Wire.AccountAdmitted, (revision, rules) => new AccountAdmitted
        {
            AccountId = AccountId.Of(saga.AccountId),
            Revision = revision,
            RulesVersion = rules,
            Source = saga.SystemOfRecord,
            NativeId = verdict.Record.NativeId,
            Name = verdict.Record.Name!,
            JoinDate = verdict.Record.JoinDate!.Value,
            Links = verdict.Record.Links,
            ContestedBy = verdict.Contenders,
        });
    }

    public static void WaitFor(this AccountSaga saga) => saga.WaitsFor = ((Verdict.Wait)saga.Verdict!).For;

    public static void Refuse(this AccountSaga saga)
    {
        saga.Reasons = Reasons(saga.Verdict);
        saga.Say(Exchanges.AccountRefused, PipelineJson.Wire.AccountRefused, (revision, rules) => new AccountRefused
        {
            AccountId = AccountId.Of(saga.AccountId),
            Revision = revision,
            RulesVersion = rules,
            Source = saga.SystemOfRecord,
            Reasons = saga.Reasons,
        });
    }

    public static void Withdraw(this AccountSaga saga)
    {
        saga.Reasons = Reasons(saga.Verdict);
        saga.NativeId = null;
        saga.Say(Exchanges.AccountWithdrawn, PipelineJson.Wire.AccountWithdrawn, (revision, rules) => new AccountWithdrawn
        {
            AccountId = AccountId.Of(saga.AccountId),
            Revision = revision,
            RulesVersion = rules,
            Source = saga.SystemOfRecord,
            Reasons = saga.Reasons,
        });
    }

    private static IReadOnlyList<StatedReason> Reasons(Verdict? verdict) => verdict switch
    {
        Verdict.Refuse refuse => [.. refuse.Reasons.Select(StatedReason.Of)],
        Verdict.Wait wait => [new StatedReason(Reason.PathFilterFailed.Code, $"{wait.For} has no linked record any more.")],
        _ => [],
    };

    /// <summary>Announces only what differs from what was last said, other rules alone are no difference. The revision is the number of the case: it rises, and a repeated decision has the same one.</summary>
    private static void Say<T>(this AccountSaga saga, string exchange, JsonTypeInfo<T> type, Func<long, int, T> message)
    {
        var said = StableId.Of(exchange, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(message(0, 0), type)));
        if (said == saga.LastSaid) return;
        saga.LastSaid = said;
        saga.ToSay.Add(Outgoing.Event(exchange, StableId.Of(exchange, saga.AccountId, saga.Case.Number.ToString()), message(saga.Case.Number, saga.Case.RulesVersion), type));
    }
}
