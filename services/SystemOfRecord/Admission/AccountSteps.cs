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
    public static void TakeUp(this AccountSaga saga, AccountCase accountCase)
    {
        saga.Case = accountCase;
        saga.WaitsFor = null;
        saga.Reasons = [];
        saga.ContestedBy = [];
    }

    public static void Admit(this AccountSaga saga, Verdict.Admit verdict, AdmissionRules rules)
    {
        saga.NativeId = verdict.Record.NativeId;
        saga.ContestedBy = verdict.Contenders;
        saga.Say(Exchanges.AccountAdmitted, PipelineJson.Wire.AccountAdmitted, revision => new AccountAdmitted
        {
            AccountId = AccountId.Of(saga.AccountId),
            Revision = revision,
            Source = rules.SystemOfRecord,
            NativeId = verdict.Record.NativeId,
            Name = verdict.Record.Name!,
            JoinDate = verdict.Record.JoinDate!.Value,
            Links = verdict.Record.Links,
            ContestedBy = verdict.Contenders,
        });
    }

    public static void WaitFor(this AccountSaga saga, Verdict verdict) => saga.WaitsFor = ((Verdict.Wait)verdict).For;

    public static void Refuse(this AccountSaga saga, Verdict verdict, AdmissionRules rules)
    {
        saga.Reasons = Reasons(verdict);
        saga.Say(Exchanges.AccountRefused, PipelineJson.Wire.AccountRefused, revision => new AccountRefused
        {
            AccountId = AccountId.Of(saga.AccountId),
            Revision = revision,
            Source = rules.SystemOfRecord,
            Reasons = saga.Reasons,
        });
    }

    public static void Withdraw(this AccountSaga saga, Verdict verdict, AdmissionRules rules)
    {
        saga.Reasons = Reasons(verdict);
        saga.NativeId = null;
        saga.Say(Exchanges.AccountWithdrawn, PipelineJson.Wire.AccountWithdrawn, revision => new AccountWithdrawn
        {
            AccountId = AccountId.Of(saga.AccountId),
            Revision = revision,
            Source = rules.SystemOfRecord,
            Reasons = saga.Reasons,
        });
    }

    private static IReadOnlyList<StatedReason> Reasons(Verdict verdict) => verdict switch
    {
        Verdict.Refuse refuse => [.. refuse.Reasons.Select(StatedReason.Of)],
        Verdict.Wait wait => [new StatedReason(Reason.PathFilterFailed.Code, $"{wait.For} has no linked record any more.")],
        _ => [],
    };

    /// <summary>Announces only what differs from what was last said. The revision is the number of the case: it rises, and a repeated decision has the same one.</summary>
    private static void Say<T>(this AccountSaga saga, string exchange, JsonTypeInfo<T> type, Func<long, T> message)
    {
        var said = StableId.Of(exchange, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(message(0), type)));
        if (said == saga.LastSaid) return;
        saga.LastSaid = said;
        saga.ToSay.Add(Outgoing.Event(exchange, StableId.Of(exchange, saga.AccountId, saga.Case.Number.ToString()), message(saga.Case.Number), type));
    }
}
