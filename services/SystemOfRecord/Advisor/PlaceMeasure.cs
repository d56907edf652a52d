using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Counts, for every other system, how many of its records each place of the account_id ties to the recommended accounts.</summary>
internal sealed class PlaceMeasure(
    SeenQueries queries, IReadOnlyList<SystemTally> systems, IReadOnlyDictionary<(string System, string Other), (long Linked, long Identified)> paths)
{
    /// <summary>In the order of preference where two tie as many.</summary>
    private static readonly string[] Places = [ProfiledField.AccountId, ProfiledField.NativeId, "link", ProfiledField.SupportId, ProfiledField.Email, "domain"];

    public async Task<IReadOnlyList<PlaceProfile>> AllAsync(SorCandidate recommended)
    {
        var home = systems.Single(system => system.System == recommended.System);
        var profiles = new List<PlaceProfile>();
        foreach (var system in systems.Where(system => system != home))
        {
            var found = new List<PlaceProfile>();
            foreach (var place in Places)
                if (await TiedAsync(home, recommended.Field, system, place) is { } tied) found.Add(new PlaceProfile(system.System, place, tied, system.Records - tied, false));
            var most = found.Select(place => place.Tied).DefaultIfEmpty().Max();
            var best = found.FirstOrDefault(place => most > 0 && place.Tied == most);
            profiles.AddRange(found.Select(place => place with { Best = place == best }));
        }

        return profiles;
    }

    /// <summary>Null where the system's records have nothing in that place.</summary>
    private async Task<long?> TiedAsync(SystemTally home, string identity, SystemTally system, string place)
    {
        if (place == "link") return paths.TryGetValue((system.System, home.System), out var linked) ? linked.Identified : null;
        if (place == "domain") return await BestAsync(home.Fields.Where(IsDomain), system.Fields.Where(IsDomain), many: false);
        var target = place is ProfiledField.AccountId or ProfiledField.NativeId ? identity : place;
        return await BestAsync(home.Fields.Where(field => field.Field == target), system.Fields.Where(field => field.Field == place), many: target == identity);
    }

    private async Task<long?> BestAsync(IEnumerable<FieldTally> targets, IEnumerable<FieldTally> fields, bool many)
    {
        long? best = null;
        foreach (var field in fields)
            foreach (var target in targets)
                if (await queries.TiedAsync(target.Number, field.Number, many) is var tied && tied >= (best ?? 0)) best = tied;
        return best ?? (fields.Any() ? 0 : null);
    }

    private static bool IsDomain(FieldTally field) => field.Field.EndsWith(ProfiledField.Domain, StringComparison.Ordinal);
}
