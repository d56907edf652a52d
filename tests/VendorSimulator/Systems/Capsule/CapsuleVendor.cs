using System.Globalization;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Capsule;

/// <summary>
/// Capsule's lists of parties, opportunities and projects: pages by the Link header, a filter by the change, and a limit that
/// names the second from which on one may ask again. Source: developer.capsulecrm.com/v2.
/// </summary>
public sealed class CapsuleVendor : Vendor
{
    private const int DefaultPage = 50;
    private const int LargestPage = 100;

    private readonly CapsuleSettings _settings;
    private readonly TimeProvider _clock;
    private readonly RateLimit _limit;
    private readonly CapsuleList[] _lists;

    public CapsuleVendor(CapsuleSettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _limit = new RateLimit(settings.RequestsPerHour, TimeSpan.FromHours(1), settings.RefuseEvery, clock);
        var random = Chance.Of(world.Seed, "capsule");
        // The most customers of all: an address that another system has leads to its account by what is written here.
        var owners = Owner.Of(Customers.Of(world, "capsule", right: 130, near: 5, unknown: 4, without: 6), 254_630_001, new Stamps(new(2025, 1, 20, 8, 0, 0, TimeSpan.Zero), random), random);
        var people = PlannedChild.Of(owners, 230, withoutTie: 6, deleted: 0, 254_700_000, new Stamps(new(2025, 2, 3, 9, 0, 0, TimeSpan.Zero), random), random);
        var opportunities = PlannedChild.Of(owners, 170, withoutTie: 3, deleted: 0, 9_400_000, new Stamps(new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero), random), random);
        var projects = PlannedChild.Of(owners, 150, withoutTie: 4, deleted: 0, 5_271_000, new Stamps(new(2025, 3, 5, 9, 0, 0, TimeSpan.Zero), random), random);
        Children = [.. people.Select(CapsuleParties.End), .. opportunities.Select(child => CapsuleWork.End(child, "opportunity")), .. projects.Select(child => CapsuleWork.End(child, "project"))];
        _lists =
        [
            new("parties", new ChangingList("parties", CapsuleParties.Rows(owners, people), clock)),
            new("opportunities", new ChangingList("opportunities", CapsuleWork.Opportunities(opportunities), clock)),
            new("kases", new ChangingList("kases", CapsuleWork.Projects(projects), clock)),
        ];
    }

    public override string Name => "capsule";

    public override IEnumerable<RowCount> Rows => _lists.Select(list => list.Rows.Count);

    public override IEnumerable<ChildTruth> Children { get; }

    public override void Map(RouteGroupBuilder routes)
    {
        var lists = routes.MapGroup("/api/v2").AddEndpointFilter(LetIn);
        foreach (var list in _lists) lists.MapGet($"/{list.Name}", (HttpContext context) => Show(context, list));
        lists.MapGet("/{**rest}", () => Error(404, "Could not find resource"));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var headers = call.HttpContext.Response.Headers;
        if (call.HttpContext.Request.Headers.Authorization != $"Bearer {_settings.Token}")
        {
            headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Error(401, "Invalid access token");
        }

        var verdict = _limit.Take();
        var wait = verdict.Allowed ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(verdict.RetryAfter);
        headers["X-RateLimit-Limit"] = _settings.RequestsPerHour.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = (_clock.GetUtcNow() + wait).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return verdict.Allowed ? await next(call) : Answer.Json(new { error = "rate limit reached" }, 429);
    }

    private IResult Show(HttpContext context, CapsuleList list)
    {
        var query = context.Request.Query;
        if (NumberedPage.Read(query, "perPage", DefaultPage) is not { Size: <= LargestPage } page) return Error(400, $"page is 1 or more, perPage 1 to {LargestPage}");
        if (!CapsuleList.ReadSince(query["since"].ToString(), out var since)) return Error(400, "since is not a valid date");
        var rows = list.Since(since);
        var found = page.Of(rows);
        list.Rows.Serve(found);
        if (page.Link(context, this, rows.Count) is { } link) context.Response.Headers.Link = link;
        var embed = query["embed"].ToString().Split(',');
        return Answer.Json(new Dictionary<string, object> { [list.Name] = found.Select(row => CapsuleList.Show(row, embed)) });
    }

    private static IResult Error(int status, string message) => Answer.Json(new { message }, status);
}
