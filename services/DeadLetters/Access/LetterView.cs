using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Audit;
using Pipeline.DeadLetters.Search;

namespace Pipeline.DeadLetters.Access;

/// <summary>A letter as somebody may see it. That they looked is noted.</summary>
public static class LetterView
{
    /// <param name="isNoted">Whether it is noted already, as for a page that reads again while it stays open.</param>
    /// <returns>Null where there is no such letter.</returns>
    public static async Task<DeadLetterReport?> OfAsync(NpgsqlDataSource database, Guid id, Caller caller, bool isNoted, CancellationToken cancellation)
    {
        if (await LetterQuery.ShowAsync(database, id, cancellation) is not { } report || !caller.Sees(report.Letter.Source)) return null;
        if (!isNoted)
            await AuditTrail.AddAsync(database, new(caller.Name, caller.RoleName, "view", $"dead letter {id}", caller.SeesPersonalData ? "with its body" : "masked", "seen"), cancellation);
        return caller.SeesPersonalData ? report : Mask.Report(report);
    }
}
