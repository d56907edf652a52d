using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>The claims of a version, each with what is known of it now and by which rule; the first that is tried decides.</summary>
internal static class WhyClaims
{
    public static async Task<IReadOnlyList<WhyClaim>> OfAsync(NpgsqlDataSource database, ChildKinds kinds, byte[] body, CancellationToken cancellation)
    {
        if (!Child.Read(body, null, null, kinds).Succeeded(out var child, out _)) return [];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("select 1") } };
        var asked = AnswersReader.Ask(batch, child.AllClaims);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var answers = new Answers();
        await asked.ReadAsync(rows, answers, cancellation);
        var tried = child.Claims.Concat(child.AllClaims.Except(child.Claims));
        return [.. tried.Select((claim, index) => Said(claim, answers.To(claim, child.Source, child.Version.ObservedAt), answers, decides: index == 0 && child.Claims.Count > 0))];
    }

    private static WhyClaim Said(ClaimKey claim, Answer answer, Answers answers, bool decides)
    {
        var accounts = answer.Accounts.Select(account => (account.Text, Standing: answers.StandingOf(account))).OrderBy(account => account.Text, StringComparer.Ordinal).ToList();
        var isUnknown = accounts.Count == 0 || answer.Rule == AnswerRule.Itself && accounts[0].Standing == Standing.Unknown;
        var said = isUnknown ? "nothing is known of it" : string.Join(", ", accounts.Select(account => $"{account.Text} ({account.Standing.ToString().ToLowerInvariant()})"));
        return new WhyClaim(DeadLetter.Text(claim.ToClaim()), said, decides, Rule(answer.Rule));
    }

    private static string Rule(AnswerRule rule) => rule switch
    {
        AnswerRule.Itself => "an account_id names its account",
        AnswerRule.Correction => "a person's correction",
        AnswerRule.Records => "records that carry it and links of accounts",
        AnswerRule.PeopleOfAdmittedAccounts => "people and records of admitted accounts",
        AnswerRule.UserTable => "the user table, at the object's time",
        _ => "contacts that carry the user and an account_id",
    };
}
