using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargebee;

/// <summary>Chargebee's lists of customers, subscriptions, invoices and transactions: the key as user, pages by offset, each change seen a little late.</summary>
public sealed class ChargebeeVendor : Vendor
{
    private readonly ChargebeeShapes _shapes;
    private readonly RateLimit _limit;
    private readonly ChargebeeSettings _settings;
    private readonly string _authorization;
    private readonly (string Path, BillingList List)[] _lists;

    public ChargebeeVendor(ChargebeeSettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _authorization) = (settings, BasicCredentials.Header(settings.ApiKey, ""));
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        var billing = BillingWorld.Of(world, ChargebeePlan.Plan);
        var lag = TimeSpan.FromSeconds(settings.LagSeconds);
        var customers = new BillingList("customers", billing.Payers, lag, clock);
        _shapes = new ChargebeeShapes(world.Seed, customers.Now);
        _lists =
        [
            ("customers", customers),
            .. ChargebeePlan.Plan.Kinds.Select(kind => ($"{kind.Kind}s", new BillingList($"{kind.Kind}s", billing.Of(kind.Kind), lag, clock))),
        ];
        Children = [.. billing.Children.Select(child => child.End(Name, _shapes.Id(child)))];
    }

    public override string Name => "chargebee";

    public override IEnumerable<RowCount> Rows => _lists.Select(list => list.List.Count);

    public override IEnumerable<ChildTruth> Children { get; }

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _lists.SelectMany(list => list.List.Untold()).Select(row => ChargebeeEvent.Call(row, _shapes, _settings)).Select(call => (Func<DateTimeOffset, WebhookCall>)(_ => call));

    public override void Map(RouteGroupBuilder routes)
    {
        var guarded = routes.MapGroup("").AddEndpointFilter(LetIn);
        foreach (var (path, list) in _lists) guarded.MapGet($"/api/v2/{path}", (HttpContext context) => Page(context.Request.Query, list));
        guarded.Map("/{**path}", () => Error(404, "resource_not_found", "Sorry, we couldn't find that resource"));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Headers.Authorization != _authorization)
            return Error(401, "api_authentication_failed", "Sorry, authentication failed. Invalid api key");
        return _limit.Take().Allowed ? await next(call) : Error(429, "api_request_limit_exceeded", "Sorry, your API request limit for the minute is exceeded");
    }

    private IResult Page(IQueryCollection parameters, BillingList list)
    {
        var (query, wrong) = ChargebeeQuery.Read(parameters);
        if (query is null) return Error(400, "param_wrong_value", $"{wrong} : invalid value", wrong);
        var (page, next) = query.Run(list.Now());
        list.Serve(page, next is null);
        var answer = new Dictionary<string, object> { ["list"] = page.Select(_shapes.Of) };
        if (next is not null) answer["next_offset"] = next;
        return Answer.Json(answer);
    }

    private static IResult Error(int status, string code, string message, string? param = null)
    {
        var error = new Dictionary<string, object> { ["message"] = message, ["api_error_code"] = code, ["error_code"] = code, ["error_msg"] = message, ["http_status_code"] = status };
        if (param is not null) (error["type"], error["param"], error["error_param"]) = ("invalid_request", param, param);
        return Answer.Json(error, status);
    }
}
