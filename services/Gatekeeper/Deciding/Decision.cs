using Pipeline.Contracts;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>What is to become of a child object, as things stand.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Let it in under this account.</summary>
    public sealed record Accept(AccountId Account, ClaimKey Claim) : Decision;

    /// <summary>Keep it until the key has an answer that lets it in.</summary>
    public sealed record Park(ClaimKey WaitsFor, ParkedWhy Why, Standing Standing = Standing.Unknown) : Decision
    {
        /// <summary>Why it is dead if its time runs out on this.</summary>
        public Refusal WhenTimeIsUp() => (Why, Standing) switch
        {
            (ParkedWhy.Ambiguous, _) => new(Reason.ClaimAmbiguous, $"It waited for {Key}."),
            (_, Standing.Refused or Standing.Withdrawn) => new(Reason.AccountRefused, $"It waited for {Key}."),
            _ => new(Reason.AccountNeverAppeared, $"It waited for {Key}."),
        };

        private string Key => Hosting.Broker.DeadLetter.Text(WaitsFor.ToClaim());
    }

    /// <summary>It can never fit as it is.</summary>
    public sealed record Refuse(Refusal Refusal) : Decision;
}

/// <summary>Why a key has not let a child in.</summary>
public enum ParkedWhy
{
    /// <summary>Nothing is known of the key, or of the account that it leads to.</summary>
    Unanswered,

    /// <summary>The account is refused or withdrawn.</summary>
    NotAdmitted,

    /// <summary>The key belongs to more than one account.</summary>
    Ambiguous,
}
