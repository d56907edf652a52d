using Pipeline.Contracts;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>
/// The rule of the house: an object whose account does not exist yet is not let in. The first claim with a value decides;
/// nothing is guessed when it has no answer, and nothing is chosen when it has several.
/// </summary>
public static class Gate
{
    public static Decision Decide(Child child, Answers answers)
    {
        if (child.NotAnAccountId is { } refusal) return new Decision.Refuse(refusal);
        if (child.Claims.Count == 0) return new Decision.Refuse(new(Reason.AccountIdMissing, child.NothingToDecideBy));

        return Decide(child.Claims[0], child.Source, child.Version.ObservedAt, answers);
    }

    /// <summary>What a claim leads to.</summary>
    /// <param name="source">Of the child that makes it.</param>
    /// <param name="at">The time of the child's version.</param>
    public static Decision Decide(ClaimKey claim, string source, DateTimeOffset at, Answers answers)
    {
        var accounts = answers.To(claim, source, at).Accounts;
        if (accounts.Count == 0) return new Decision.Park(claim, ParkedWhy.Unanswered);
        if (accounts.Count > 1) return new Decision.Park(claim, ParkedWhy.Ambiguous);

        var account = accounts[0];
        return answers.StandingOf(account) switch
        {
            Standing.Admitted => new Decision.Accept(account, claim),
            Standing.Unknown => new Decision.Park(ClaimKey.Of(account), ParkedWhy.Unanswered),
            var standing => new Decision.Park(ClaimKey.Of(account), ParkedWhy.NotAdmitted, standing),
        };
    }

    /// <summary>
    /// Whether only the standing of its account keeps a child out that is under it. Such a child stays where it is, out of view,
    /// and is back when the account is.
    /// </summary>
    public static bool WouldStayUnder(AccountId account, Child child, Answers answers) =>
        Decide(child, answers.Supposing(account)) is Decision.Accept accept && accept.Account == account;
}
