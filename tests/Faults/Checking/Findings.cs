using System.Text;
using System.Text.Json;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Load;
using Pipeline.TestKit;

namespace Pipeline.Faults.Tests.Checking;

/// <summary>What is wrong after a run: sets of ids compared, never counts.</summary>
public static class Findings
{
    private const long MostMemory = 700L * 1024 * 1024;

    /// <summary>The service has not ended by itself, and has taken no more memory than it may.</summary>
    public static void IsWell(ServiceProcess service)
    {
        Assert.False(service.HasEnded, $"{service.Name} has ended by itself.");
        Assert.True(service.MostMemory < MostMemory, $"{service.Name} took {service.MostMemory / 1024 / 1024} MiB.");
    }

    /// <summary>Where each object is now, as <see cref="Traffic.End"/> says it.</summary>
    public static async Task<HashSet<string>> EndOf(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            """
            select 'in ' || native_id, observed_at, ' ' || account_id from gatekeeper.objects
            union all select 'waits ' || native_id, observed_at, '' from gatekeeper.parked
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var places = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
            if (!places.Add($"{rows.GetString(0)} {Traffic.Time(rows.GetFieldValue<DateTimeOffset>(1))}{rows.GetString(2)}"))
                places.Add($"twice {rows.GetString(0)}");
        return places;
    }

    /// <summary>What was said of the children: each thing under one id; and each object that is in was said to be, with its version and its account.</summary>
    public static IEnumerable<string> OfAnnouncements(IReadOnlyList<Letter> accepted, IEnumerable<string> end)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var letter in accepted)
        {
            using var body = JsonDocument.Parse(Encoding.UTF8.GetString(letter.Body));
            var said = body.RootElement;
            var name = $"in {said.GetProperty("native_id").GetString()} {Traffic.Time(said.GetProperty("observed_at").GetDateTimeOffset())} {said.GetProperty("account_id").GetString()}";
            if (!ids.TryAdd(name, letter.Properties.MessageId!) && ids[name] != letter.Properties.MessageId) yield return $"said under two ids: {name}";
        }

        foreach (var place in end.Where(place => place.StartsWith("in ", StringComparison.Ordinal)))
            if (!ids.ContainsKey(place)) yield return $"never said: {place}";
    }

    /// <summary>Admissions: each revision of an account under one id, and in order of revision where they came first.</summary>
    public static IEnumerable<string> OfAdmissions(IReadOnlyList<Letter> admitted, IEnumerable<string> end)
    {
        var ids = new Dictionary<(string, long), string>();
        foreach (var letter in admitted)
        {
            using var body = JsonDocument.Parse(Encoding.UTF8.GetString(letter.Body));
            var key = (body.RootElement.GetProperty("account_id").GetString()!, body.RootElement.GetProperty("revision").GetInt64());
            if (!ids.TryAdd(key, letter.Properties.MessageId!) && ids[key] != letter.Properties.MessageId) yield return $"said under two ids: {key}";
        }

        foreach (var missing in end.Except(ids.Keys.Select(key => key.Item1))) yield return $"never admitted: {missing}";
    }

    /// <summary>The first few of many, for a message that a person reads.</summary>
    public static string Some(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        return all.Count == 0 ? "" : $"{all.Count}: {string.Join("; ", all.Take(5))}";
    }
}
