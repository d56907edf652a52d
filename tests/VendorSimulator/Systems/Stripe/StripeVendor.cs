using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Stripe;

/// <summary>Stripe's lists of customers, subscriptions, invoices and charges, newest first, and the events that alone tell of changes.</summary>
public sealed class StripeVendor : Vendor
{
    private readonly StripeSettings _settings;
    private readonly TimeProvider _clock;
    private readonly int _seed;
    private readonly StripeShapes _shapes;
    private readonly RateLimit _limit;
    private readonly (string Path, BillingList List)[] _lists;

    public StripeVendor(StripeSettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _clock, _seed, _shapes) = (settings, clock, world.Seed, new StripeShapes(world.Seed));
        _limit = new RateLimit(settings.RequestsPerSecond, TimeSpan.FromSeconds(1), settings.RefuseEvery, clock);
        var billing = BillingWorld.Of(world, StripePlan.Plan);
        var lag = TimeSpan.FromSeconds(settings.LagSeconds);
        _lists =
        [
            ("customers", new("customers", billing.Payers.Where(payer => !payer.Deleted), lag, clock)),
            .. StripePlan.Plan.Kinds.Select(kind => ($"{kind.Kind}s", new BillingList($"{kind.Kind}s", billing.Of(kind.Kind), lag, clock))),
        ];
        Children = [.. billing.Children.Select(child => child.End(Name, _shapes.Id(child)))];
    }

    public override string Name => "stripe";

    public override IEnumerable<RowCount> Rows => _lists.Select(list => list.List.Count);

    public override IEnumerable<ChildTruth> Children { get; }

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _lists.SelectMany(list => list.List.Untold().SelectMany(row => StripeEvent.Of(_seed, row, list.List)))
            .Select(happened => (Func<DateTimeOffset, WebhookCall>)(now => happened.Call(_shapes, _settings.WebhookSecret, now)));

    public override void Map(RouteGroupBuilder routes)
    {
        var guarded = routes.MapGroup("").AddEndpointFilter(LetIn);
        foreach (var (path, list) in _lists) guarded.MapGet($"/v1/{path}", (HttpContext context) => Objects(context.Request.Query, path, list));
        guarded.MapGet("/v1/events", Events);
        guarded.Map("/{**path}", (HttpContext context, string? path) => Error(404, $"Unrecognized request URL ({context.Request.Method}: /{path})."));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var verdict = _limit.Take();
        call.HttpContext.Response.Headers["Request-Id"] = $"req_{VendorId.MixedCase(_seed, $"stripe request {verdict.Total}", 14)}";
        var authorization = call.HttpContext.Request.Headers.Authorization;
        if (authorization != $"Bearer {_settings.ApiKey}" && authorization != BasicCredentials.Header(_settings.ApiKey, "")) return Error(401, "Invalid API Key provided.");
        return verdict.Allowed ? await next(call) : Error(429, "Request rate limit exceeded.", code: "rate_limit");
    }

    private IResult Objects(IQueryCollection parameters, string path, BillingList list)
    {
        var (query, parameter, why) = StripeQuery.Read(parameters);
        if (query is null) return Error(400, why!, parameter);
        var rows = list.Now().Where(StripePlan.IsListed).Where(row => query.Status switch
        {
            null => !StripePlan.IsCanceled(row),
            "all" => true,
            var status => _shapes.StatusOf(row) == status,
        });
        var newestFirst = rows.OrderByDescending(row => row.Created).ThenByDescending(row => row.Number);
        if (query.Page(newestFirst, row => _shapes.Id(row.Record), row => row.Created) is not var (page, more)) return NoSuch(path, query);
        list.Serve(page, !more);
        return Answer.Json(new { @object = "list", url = $"/v1/{path}", has_more = more, data = page.Select(_shapes.Of) });
    }

    private IResult Events(HttpContext context)
    {
        var (query, parameter, why) = StripeQuery.Read(context.Request.Query);
        if (query is null) return Error(400, why!, parameter);
        var events = StripeEvent.Of(_seed, _lists.Select(list => list.List), _clock.GetUtcNow()).Where(happened => query.Types.Count == 0 || query.Types.Contains(happened.Type));
        if (query.Page(events, happened => happened.Id, happened => happened.Row.Updated) is not var (page, more)) return NoSuch("event", query);
        // Whoever asks for the events of a kind has read its list.
        foreach (var (path, list) in _lists) list.Serve(page.Where(happened => happened.List == list).Select(happened => happened.Row), !more && query.Types.Any(type => StripeShapes.IsOf(path, type)));
        return Answer.Json(new { @object = "list", url = "/v1/events", has_more = more, data = page.Select(happened => happened.Shape(_shapes)) });
    }

    private static IResult NoSuch(string what, StripeQuery query) => Error(400, $"No such {what.TrimEnd('s')}: '{query.StartingAfter}'", "starting_after", "resource_missing");

    private static IResult Error(int status, string message, string? param = null, string? code = null)
    {
        var error = new Dictionary<string, object> { ["message"] = message, ["type"] = "invalid_request_error" };
        if (param is not null) error["param"] = param;
        if (code is not null) error["code"] = code;
        return Answer.Json(new { error }, status);
    }
}
