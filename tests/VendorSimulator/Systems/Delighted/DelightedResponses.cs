using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>Survey responses of the people, and a few of nobody. Late ones are new, or have got a comment.</summary>
public static class DelightedResponses
{
    private const int Count = 190;
    private const int New = 8;
    private const int Commented = 7;

    private static readonly string?[] Comments = [null, null, "Danke!", "Could be faster", "🙂"];

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<DelightedPerson> people)
    {
        var random = Chance.Of(world.Seed, "delighted responses");
        var share = new Share<DelightedPerson>(people, random);
        var stamp = new DateTimeOffset(2025, 8, 20, 8, 0, 0, TimeSpan.Zero);
        var first = new List<(string Id, DelightedPerson? Person, int Score)>();
        for (var index = 0; index < Count; index++)
        {
            stamp = index > 0 && index % 20 is > 17 or < 3 ? stamp : stamp.AddSeconds(random.Next(60, 70_000));
            first.Add(($"{5_300_000 + index}", index % 50 == 9 ? null : share.Next(index), random.Next(0, 11)));
            yield return Row(first[^1], Comments[random.Next(Comments.Length)], stamp) with { Late = index >= Count - New };
        }

        foreach (var (index, response) in first.Where(response => response.Person?.Email is not null).Take(Commented).Index())
            yield return Row(response, "Nachtrag: alles gut.", stamp = stamp.AddSeconds(index % 2 * 9)) with { Late = true };
    }

    private static StampedRow Row((string Id, DelightedPerson? Person, int Score) response, string? comment, DateTimeOffset stamp) => new(
        response.Id, stamp, Answer.Row(new
        {
            id = response.Id,
            person = response.Person is { } person ? new { id = person.Id, email = person.Email, name = person.Name, created_at = 1_754_294_400, phone_number = (string?)null } : null,
            survey_type = "nps",
            score = response.Score,
            comment,
            permalink = $"https://app.delighted.example/r/{response.Id}",
            created_at = stamp.AddHours(-1).ToUnixTimeSeconds(),
            updated_at = stamp.ToUnixTimeSeconds(),
            person_properties = new Dictionary<string, string> { ["Plan"] = "gold", ["Delighted Source"] = "Email" },
            notes = Array.Empty<object>(),
            tags = Array.Empty<string>(),
            additional_answers = Array.Empty<object>(),
        }),
        response.Person?.End("survey_response", response.Id) ?? new ChildTruth("delighted", "survey_response", response.Id, ChildTruth.DeadLettered, "account_id_missing"));
}
