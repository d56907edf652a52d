using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Measures every candidate field by the criteria of the ranking.</summary>
internal sealed class CandidateMeasure(SeenQueries queries, CandidateFields candidates, IReadOnlyList<FieldOverlap> overlaps)
{
    /// <summary>Of a system, the fields that are measured: those that share the most with others, after its account_id and native id.</summary>
    private const int MostFields = 4;

    public async Task<IReadOnlyList<SorCandidate>> AllAsync()
    {
        var stated = candidates.Systems.Select(system => candidates.StatedBy(system, overlaps)).OfType<FieldTally>().ToList();
        var measured = new List<SorCandidate>();
        foreach (var system in candidates.Systems)
            foreach (var field in Worth(system)) measured.Add(await OneAsync(field, [.. stated.Where(other => other.System != system)]));
        return measured;
    }

    private IEnumerable<FieldTally> Worth(string system) => candidates.All.Where(tally => tally.System == system)
        .OrderByDescending(tally => tally.Field is ProfiledField.AccountId or ProfiledField.NativeId)
        .ThenByDescending(tally => overlaps.Where(overlap => overlap.System == system && overlap.Field == tally.Field).Select(overlap => overlap.Shared).DefaultIfEmpty().Max())
        .ThenBy(tally => tally.Field, StringComparer.Ordinal).Take(MostFields);

    private async Task<SorCandidate> OneAsync(FieldTally tally, IReadOnlyList<FieldTally> others)
    {
        var (system, field) = (candidates.SystemOf(tally), candidates.ProfileOf(tally));
        var (known, held, inAnySpelling) = await queries.HeldAsync(tally.Number, [.. others.Select(other => other.Number)]);
        var unknown = new List<UnknownAccounts>();
        foreach (var other in others) unknown.Add(await queries.UnknownAsync(tally.Number, other));
        return new SorCandidate(
            system.System, field.Field, system.Records, known, held, inAnySpelling - held, field.Coverage, field.Uniqueness,
            Share(system.Named, system.Records), Share(system.Joined, system.Records), field.Making.By, 1 - Share(field.Changed, field.Observed),
            system.Filters.Count > 0 ? system.Filters[0] : null, system.Paths.Count > 0 ? system.Paths[0] : null,
            [.. unknown.Where(missing => missing.Count > 0).OrderByDescending(missing => missing.Count).ThenBy(missing => missing.System, StringComparer.Ordinal)]);
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
