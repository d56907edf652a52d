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
        if (child.Claims.Count == 0) return new Decision.Refuse(new(Reason.AccountIdMissing, "The message carries no claim."));

        var claim = child.Claims[0];
        var accounts = answers.Of(claim);
        if (accounts.Count == 0) return new Decision.Park(claim, ParkedWhy.Unanswered);
        if (accounts.Count > 1) return new Decision.Park(claim, ParkedWhy.Ambiguous);

        var account = accounts.First();
        return answers.StandingOf(account) switch
        {
            Standing.Admitted => new Decision.Accept(account, claim),
            Standing.Unknown => new Decision.Park(ClaimKey.Of(account), ParkedWhy.Unanswered),
            var standing => new Decision.Park(ClaimKey.Of(account), ParkedWhy.NotAdmitted, standing),
        };
    }
}
