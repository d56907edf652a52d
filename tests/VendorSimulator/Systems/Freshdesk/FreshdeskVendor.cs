using System.Globalization;
using System.Text;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshdesk;

/// <summary>
/// Freshdesk's lists of companies, contacts and tickets: bare arrays, pages by the Link header. Companies have no filter by
/// the change; tickets without one are those of the last 30 days. Source: developers.freshdesk.com/api.
/// </summary>
public sealed class FreshdeskVendor : Vendor
{
    private readonly FreshdeskSettings _settings;
    private readonly string _authorization;
    private readonly RateLimit _limit;
    private readonly FreshdeskLists _lists;
    private readonly ChangingList _companies;
    private readonly ChangingList _contacts;
    private readonly ChangingList _tickets;

    public FreshdeskVendor(FreshdeskSettings settings, AccountWorld world, TimeProvider clock)
    {
        _settings = settings;
        _authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ApiKey}:X"))}";
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        _lists = new FreshdeskLists(this, clock);
        var random = Chance.Of(world.Seed, "freshdesk");
        var owners = Owner.Of(Customers.Of(world, "freshdesk", right: 84, near: 5, unknown: 4, without: 5), 501_000_020_001, new Stamps(new(2025, 1, 8, 9, 8, 53, TimeSpan.Zero), random), random);
        var contacts = PlannedChild.Of(owners, 180, withoutTie: 6, deleted: 0, 501_001_300_000, new Stamps(new(2025, 2, 21, 9, 0, 0, TimeSpan.Zero), random), random);
        var tickets = PlannedChild.Of(owners, 320, withoutTie: 9, deleted: 0, 40_001, new Stamps(new(2025, 3, 1, 9, 0, 0, TimeSpan.Zero), random), random);
        Children = [.. contacts.Select(child => child.End(Name, "contact")), .. tickets.Select(child => child.End(Name, "ticket"))];
        _companies = new ChangingList("companies", FreshdeskPeople.Companies(owners), clock);
        _contacts = new ChangingList("contacts", FreshdeskPeople.Contacts(contacts), clock);
        _tickets = new ChangingList("tickets", FreshdeskTickets.Rows(tickets), clock);
    }

    public override string Name => "freshdesk";

    public override IEnumerable<RowCount> Rows => [_companies.Count, _contacts.Count, _tickets.Count];

    public override IEnumerable<ChildTruth> Children { get; }

    public override void Map(RouteGroupBuilder routes)
    {
        var lists = routes.MapGroup("/api/v2").AddEndpointFilter(LetIn);
        lists.MapGet("/companies", (HttpContext context) => _lists.Show(context, _companies, ""));
        lists.MapGet("/contacts", (HttpContext context) => _lists.Show(context, _contacts, "_updated_since"));
        lists.MapGet("/tickets", (HttpContext context) => _lists.ShowTickets(context, _tickets));
        lists.MapGet("/{**rest}", () => Results.NotFound());
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Headers.Authorization != _authorization)
            return Answer.Json(new { code = "invalid_credentials", message = "You have to be logged in to perform this action." }, 401);
        var verdict = _limit.Take();
        var headers = call.HttpContext.Response.Headers;
        headers["X-RateLimit-Total"] = _settings.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Used-CurrentRequest"] = "1";
        if (verdict.Allowed) return await next(call);
        headers.RetryAfter = verdict.RetryAfter.ToString(CultureInfo.InvariantCulture);
        return Answer.Json(new { message = "You have exceeded the limit of requests per minute" }, 429);
    }
}
