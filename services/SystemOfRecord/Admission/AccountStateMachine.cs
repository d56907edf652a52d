using MassTransit;
using Pipeline.SystemOfRecord.Rules.Changing;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>
/// How an account comes in and goes. It is looked at whenever its facts change, in any state, and each case is decided whole:
/// so records and evidence may come in either order, and a repeated or belated case changes nothing.
/// </summary>
public sealed class AccountStateMachine : MassTransitStateMachine<AccountSaga>
{
    private readonly RuleSets _rules;

    public AccountStateMachine(RuleSets rules)
    {
        _rules = rules;
        InstanceState(saga => saga.CurrentState);
        Event(() => CaseChanged, changed =>
        {
            changed.CorrelateById(context => AccountSaga.IdOf(context.Message.Case.AccountId));
            changed.InsertOnInitial = false;
            changed.SetSagaFactory(context => new AccountSaga { CorrelationId = AccountSaga.IdOf(context.Message.Case.AccountId), AccountId = context.Message.Case.AccountId });
        });

        Initially(Decide(When(CaseChanged)));
        During([Waiting, Refused], Ignore(CaseChanged, IsOldNews), Decide(When(CaseChanged, IsNews)));
        During([Admitted, Contested], Ignore(CaseChanged, IsOldNews), Reconsider(When(CaseChanged, IsNews)));
        During(Withdrawn, Ignore(CaseChanged, IsOldNews), Reconsider(When(CaseChanged, IsNews)));
    }

    /// <summary>A path to another system lacks evidence; <see cref="AccountSaga.WaitsFor"/> names it.</summary>
    public State Waiting { get; private set; } = null!;

    /// <summary>In: its children are accepted.</summary>
    public State Admitted { get; private set; } = null!;

    /// <summary>Never was in, and does not pass.</summary>
    public State Refused { get; private set; } = null!;

    /// <summary>In, and more than one record carries its account_id: the elder stays, the others are shown.</summary>
    public State Contested { get; private set; } = null!;

    /// <summary>Was in, and no longer passes.</summary>
    public State Withdrawn { get; private set; } = null!;

    public Event<CaseChanged> CaseChanged { get; private set; } = null!;

    private static bool IsNews(BehaviorContext<AccountSaga, CaseChanged> context) => context.Message.Case.Number > context.Saga.Case.Number;

    private static bool IsOldNews(BehaviorContext<AccountSaga, CaseChanged> context) => !IsNews(context);

    /// <summary>For an account that is not in: let it in, let it wait, or refuse it.</summary>
    private EventActivityBinder<AccountSaga, CaseChanged> Decide(EventActivityBinder<AccountSaga, CaseChanged> when) => when
        .ThenAsync(TakeUpAsync)
        .IfElse(Passes,
            passes => LetIn(passes),
            fails => fails.IfElse(Lacks,
                lacks => lacks.Then(context => context.Saga.WaitFor()).TransitionTo(Waiting),
                refused => refused.Then(context => context.Saga.Refuse()).TransitionTo(Refused)));

    /// <summary>For an account that is or was in: keep it or let it in again, or take it out.</summary>
    private EventActivityBinder<AccountSaga, CaseChanged> Reconsider(EventActivityBinder<AccountSaga, CaseChanged> when) => when
        .ThenAsync(TakeUpAsync)
        .IfElse(Passes,
            passes => LetIn(passes),
            fails => fails.Then(context => context.Saga.Withdraw()).TransitionTo(Withdrawn));

    private EventActivityBinder<AccountSaga, CaseChanged> LetIn(EventActivityBinder<AccountSaga, CaseChanged> passes) => passes
        .Then(context => context.Saga.Admit())
        .IfElse(context => context.Saga.ContestedBy.Count > 0,
            contested => contested.TransitionTo(Contested),
            alone => alone.TransitionTo(Admitted));

    /// <summary>A case is decided by the rules that were in force when its facts were gathered, so that each of its decisions is the same.</summary>
    private async Task TakeUpAsync(BehaviorContext<AccountSaga, CaseChanged> context) =>
        context.Saga.TakeUp(context.Message.Case, await _rules.OfAsync(context.Message.Case.RulesVersion, context.CancellationToken));

    private static bool Passes(BehaviorContext<AccountSaga> context) => context.Saga.Verdict is Verdict.Admit;

    private static bool Lacks(BehaviorContext<AccountSaga> context) => context.Saga.Verdict is Verdict.Wait;
}
