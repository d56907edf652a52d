using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>A company and whose it is.</summary>
/// <param name="Id">Intercom's own; the account_id is its company_id.</param>
public sealed record IntercomCompany(string Id, Customer Customer);

/// <summary>The companies. A company_id cannot change, so the late rows are companies that come late, and one that is renamed.</summary>
public static class IntercomCompanies
{
    private const int Right = 90;
    private const int New = 3;

    public static IReadOnlyList<IntercomCompany> Of(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "intercom companies");
        return [.. Customers.Of(world, "intercom", Right).Select(customer => new IntercomCompany(IntercomForm.Id(random), customer))];
    }

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<IntercomCompany> companies)
    {
        var random = Chance.Of(world.Seed, "intercom company rows");
        var stamp = new DateTimeOffset(2025, 5, 5, 9, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < companies.Count; index++)
            yield return Row(companies[index], companies[index].Customer.Name, stamp = IntercomForm.Next(stamp, index, random), random) with { Late = index >= companies.Count - New };
        yield return Row(companies[0], companies[0].Customer.Name + " Group", stamp.AddMinutes(1), random) with { Late = true };
    }

    private static StampedRow Row(IntercomCompany company, string name, DateTimeOffset stamp, Random random) => new(company.Id, stamp, Answer.Row(new
    {
        type = "company",
        company_id = company.Customer.AccountId,
        id = company.Id,
        app_id = IntercomForm.Workspace,
        name,
        remote_created_at = new DateTimeOffset(company.Customer.Since.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds(),
        created_at = stamp.AddDays(-40).ToUnixTimeSeconds(),
        updated_at = stamp.ToUnixTimeSeconds(),
        last_request_at = stamp.ToUnixTimeSeconds(),
        monthly_spend = random.Next(0, 900),
        session_count = random.Next(0, 500),
        user_count = random.Next(1, 30),
        size = random.Next(5, 400),
        website = $"https://c{company.Id}.example",
        industry = "Manufacturing",
        tags = new { type = "tag.list", tags = Array.Empty<object>() },
        segments = new { type = "segment.list", segments = Array.Empty<object>() },
        plan = new { },
        custom_attributes = new { tier = random.Next(2) == 0 ? "gold" : "silver" },
    }));
}
