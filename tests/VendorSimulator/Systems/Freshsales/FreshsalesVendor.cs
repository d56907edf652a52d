using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshsales;

/// <summary>
/// Freshsales' views over accounts, contacts and deals: pages by number, no filter by the change, and a limit that says
/// nothing of how long to wait. Source: developers.freshworks.com/crm/api.
/// </summary>
public sealed class FreshsalesVendor : Vendor
{
    private const int DefaultPage = 25;

    private readonly FreshsalesSettings _settings;
    private readonly RateLimit _limit;
    private readonly FreshsalesView[] _views;

    public FreshsalesVendor(FreshsalesSettings settings, AccountWorld world, TimeProvider clock)
    {
        _settings = settings;
        _limit = new RateLimit(settings.RequestsPerHour, TimeSpan.FromHours(1), settings.RefuseEvery, clock);
        var random = Chance.Of(world.Seed, "freshsales");
        var owners = Owner.Of(Customers.Of(world, "freshsales", right: 104, near: 6, unknown: 4, without: 6), 5_005_390_001, new Stamps(new(2025, 2, 11, 8, 0, 0, TimeSpan.Zero), random), random);
        var contacts = PlannedChild.Of(owners, 260, withoutTie: 8, deleted: 6, 5_005_710_000, new Stamps(new(2025, 3, 4, 9, 0, 0, TimeSpan.Zero), random), random);
        var deals = PlannedChild.Of(owners, 190, withoutTie: 5, deleted: 4, 5_000_910_000, new Stamps(new(2025, 3, 9, 9, 0, 0, TimeSpan.Zero), random), random)
            .Select(deal => deal.Tie == Tie.Email ? deal with { Tie = Tie.Parent } : deal).ToArray();
        Children = [.. contacts.Select(FreshsalesContacts.End), .. deals.Select(deal => deal.End(Name, "deal"))];
        _views =
        [
            new("sales_accounts", 5_000_004_001, "owner", true, new ChangingList("sales_accounts", FreshsalesAccounts.Rows(owners), clock)),
            new("contacts", 5_000_004_011, "sales_accounts", true, new ChangingList("contacts", FreshsalesContacts.Rows(contacts), clock)),
            new("deals", 5_000_004_021, "sales_account", false, new ChangingList("deals", FreshsalesDeals.Rows(deals), clock)),
        ];
    }

    public override string Name => "freshsales";

    public override IEnumerable<RowCount> Rows => _views.Select(view => view.Rows.Count);

    public override IEnumerable<ChildTruth> Children { get; }

    public override void Map(RouteGroupBuilder routes)
    {
        var lists = routes.MapGroup("/crm/sales/api").AddEndpointFilter(LetIn);
        foreach (var view in _views)
        {
            lists.MapGet($"/{view.List}/filters", () => Answer.Json(view.Filters));
            lists.MapGet($"/{view.List}/view/{{id:long}}", (HttpContext context, long id) => Show(context, view, id));
        }

        lists.MapGet("/{**rest}", NotFound);
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Headers.Authorization != $"Token token={_settings.ApiKey}") return Answer.Json(new { login = "failed", message = "Requires Authentication" }, 401);
        return _limit.Take().Allowed ? await next(call) : Answer.Json(new { message = "You have exceeded the limit of requests per hour" }, 429);
    }

    private IResult Show(HttpContext context, FreshsalesView view, long id)
    {
        var query = context.Request.Query;
        if (NumberedPage.Read(query, "per_page", DefaultPage) is not { } page) return Error(400, "page and per_page are whole numbers above 0");
        page = page with { Size = Math.Min(page.Size, _settings.LargestPage) };
        return view.Page(id, page, query["sort"].ToString(), query["sort_type"] == "desc", query["include"].ToString()) is { } answer ? Answer.Json(answer) : NotFound();
    }

    private static IResult NotFound() => Error(404, "The requested resource was not found");

    private static IResult Error(int status, string message) => Answer.Json(new { errors = new { code = status, message = new[] { message } } }, status);
}
