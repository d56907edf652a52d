using MassTransit;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Broker;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>The life of one account_id.</summary>
public sealed class AccountSaga : SagaStateMachineInstance
{
    /// <summary>Derived from the account_id, so that the primary key keeps it unique.</summary>
    public Guid CorrelationId { get; set; }

    public string AccountId { get; set; } = "";

    public string CurrentState { get; set; } = "";

    /// <summary>The newest case that was decided.</summary>
    public AccountCase Case { get; set; } = new("", 0, 0, [], []);

    /// <summary>The system whose evidence is waited for.</summary>
    public string? WaitsFor { get; set; }

    public IReadOnlyList<StatedReason> Reasons { get; set; } = [];

    /// <summary>The record that the account rests on, while it is in.</summary>
    public string? NativeId { get; set; }

    public IReadOnlyList<string> ContestedBy { get; set; } = [];

    /// <summary>The states that it was in, the newest last, at most <see cref="LongestHistory"/>.</summary>
    public IReadOnlyList<AccountTurn> History { get; set; } = [];

    /// <summary>The hash of what was last announced, so that nothing is announced twice for no change.</summary>
    public Guid LastSaid { get; set; }

    /// <summary>Which version of it was loaded; who saves it must not have been overtaken.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid StoredVersion { get; set; }

    /// <summary>What the rules say of the case that is being decided.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal Verdict? Verdict { get; set; }

    /// <summary>The system that the case is of.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal string SystemOfRecord { get; set; } = "";

    /// <summary>What this decision will announce; the repository writes it in the transaction that saves the saga.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal List<Outgoing> ToSay { get; } = [];

    private const int LongestHistory = 20;

    /// <summary>Notes the state that it has come to, where that is another one.</summary>
    internal void Remember(DateTimeOffset now)
    {
        var state = CurrentState.ToLowerInvariant();
        if (History is [.., var last] && last.State == state) return;
        var why = WaitsFor is { } system ? $"waits for {system}" : string.Join(" ", Reasons.Select(reason => reason.Detail));
        History = [.. History.TakeLast(LongestHistory - 1), new AccountTurn(state, now, Case.RulesVersion, why)];
    }

    public static Guid IdOf(string accountId) => StableId.Of("account", accountId);
}
