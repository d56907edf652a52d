using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargify;

/// <summary>Chargify's lists of customers, subscriptions and invoices: the key as user and x as password, pages by number, two of them bare arrays.</summary>
public sealed class ChargifyVendor : Vendor
{
    private readonly ChargifyShapes _shapes;
    private readonly RateLimit _limit;
    private readonly ChargifySettings _settings;
    private readonly string _authorization;
    private readonly BillingList _customers, _subscriptions, _invoices;

    public ChargifyVendor(ChargifySettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _shapes, _authorization) = (settings, new ChargifyShapes(world.Seed), BasicCredentials.Header(settings.ApiKey, "x"));
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        var billing = BillingWorld.Of(world, ChargifyPlan.Plan);
        _customers = new("customers", billing.Payers.Where(payer => !payer.Deleted), TimeSpan.Zero, clock); // whoever was deleted is not shown at all
        _subscriptions = new("subscriptions", billing.Of("subscription"), TimeSpan.Zero, clock);
        _invoices = new("invoices", billing.Of("invoice"), TimeSpan.Zero, clock);
        Children = [.. billing.Children.Select(child => child.End(Name, _shapes.Id(child)))];
    }

    public override string Name => "chargify";

    public override IEnumerable<RowCount> Rows => [_customers.Count, _subscriptions.Count, _invoices.Count];

    public override IEnumerable<ChildTruth> Children { get; }

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        new[] { _customers, _subscriptions, _invoices }.SelectMany(list => list.Untold())
            .Select(row => ChargifyForm.Call(row, _shapes, _settings.WebhookSecret)).Select(call => (Func<DateTimeOffset, WebhookCall>)(_ => call));

    public override void Map(RouteGroupBuilder routes)
    {
        var guarded = routes.MapGroup("").AddEndpointFilter(LetIn);
        guarded.MapGet("/customers.json", (HttpContext context) => Page(context, _customers, perPage: 50, newestFirst: false, rows => rows.Select(row => new { customer = _shapes.Of(row) })));
        guarded.MapGet("/subscriptions.json", (HttpContext context) => Page(context, _subscriptions, perPage: 20, newestFirst: true, rows => rows.Select(row => new { subscription = _shapes.Of(row) })));
        guarded.MapGet("/invoices.json", (HttpContext context) => Page(context, _invoices, perPage: 20, newestFirst: true, rows => new { invoices = rows.Select(_shapes.Of) }));
        guarded.MapGet("/customers/{id}.json", (string id) => One(_customers, id, row => new { customer = _shapes.Of(row) }));
        guarded.MapGet("/subscriptions/{id}.json", (string id) => One(_subscriptions, id, row => new { subscription = _shapes.Of(row) }));
        guarded.MapGet("/invoices/{id}.json", (string id) => One(_invoices, id, _shapes.Of));
        guarded.Map("/{**path}", () => Results.NotFound());
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Headers.Authorization != _authorization) return Results.Text("HTTP Basic: Access denied.\n", statusCode: 401);
        return _limit.Take().Allowed ? await next(call) : Errors(429, "Too many requests");
    }

    private static IResult Page(HttpContext context, BillingList list, int perPage, bool newestFirst, Func<IReadOnlyList<BillingRow>, object> wrap)
    {
        var (query, wrong) = ChargifyQuery.Read(context.Request.Query, perPage, newestFirst);
        if (query is null) return Errors(422, $"{wrong}: is invalid");
        var (page, atEnd) = query.Run(list.Now());
        list.Serve(page, atEnd);
        return Answer.Json(wrap(page));
    }

    private IResult One(BillingList list, string id, Func<BillingRow, object> wrap) =>
        list.Now().FirstOrDefault(row => _shapes.Id(row.Record) == id) is { } row ? Answer.Json(wrap(row)) : Results.NotFound();

    private static IResult Errors(int status, string error) => Answer.Json(new { errors = new[] { error } }, status);
}
