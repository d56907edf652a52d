using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Recurly;

/// <summary>Recurly's lists of accounts, subscriptions, invoices and transactions: the key as user, the version in Accept, pages by cursor.</summary>
public sealed class RecurlyVendor : Vendor
{
    private const string Version = "application/vnd.recurly.v2021-02-25";

    private readonly RecurlySettings _settings;
    private readonly TimeProvider _clock;
    private readonly RateLimit _limit;
    private readonly RecurlyShapes _shapes;
    private readonly (string Path, BillingList List)[] _lists;

    public RecurlyVendor(RecurlySettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _clock, _shapes) = (settings, clock, new RecurlyShapes(world.Seed));
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        var billing = BillingWorld.Of(world, RecurlyPlan.Plan);
        _lists =
        [
            ("accounts", new("accounts", billing.Payers, TimeSpan.Zero, clock)),
            .. RecurlyPlan.Plan.Kinds.Select(kind => ($"{kind.Kind}s", new BillingList($"{kind.Kind}s", billing.Of(kind.Kind), TimeSpan.Zero, clock))),
        ];
        Children = [.. billing.Children.Select(child => child.End(Name, _shapes.Id(child)))];
    }

    public override string Name => "recurly";

    public override IEnumerable<RowCount> Rows => _lists.Select(list => list.List.Count);

    public override IEnumerable<ChildTruth> Children { get; }

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _lists.SelectMany(list => list.List.Untold()).Select(row => (Func<DateTimeOffset, WebhookCall>)(now => RecurlyNotification.Call(row, _shapes, _settings.WebhookSecret, now)));

    public override void Map(RouteGroupBuilder routes)
    {
        var guarded = routes.MapGroup("").AddEndpointFilter(LetIn);
        foreach (var (path, list) in _lists)
        {
            guarded.MapGet($"/{path}", (HttpContext context) => Page(context.Request.Query, path, list));
            guarded.MapGet($"/{path}/{{id}}", (string id) => One(id, list));
        }

        guarded.Map("/{**path}", (string? path) => Error(404, "not_found", $"Couldn't find /{path}"));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var (request, headers) = (call.HttpContext.Request, call.HttpContext.Response.Headers);
        if (request.Headers.Authorization != BasicCredentials.Header(_settings.ApiKey, "")) return Error(401, "unauthorized", "Invalid API key");
        if (request.Headers.Accept != Version) return Error(406, "invalid_api_version", $"The Accept header must name a version, as {Version}");
        var verdict = _limit.Take();
        headers["X-RateLimit-Limit"] = $"{_settings.RequestsPerMinute}";
        headers["X-RateLimit-Remaining"] = $"{verdict.Remaining}";
        // When all would be allowed again if nobody asked: the window slides over five minutes.
        headers["X-RateLimit-Reset"] = $"{_clock.GetUtcNow().ToUnixTimeSeconds() + (verdict.Allowed ? 300 : verdict.RetryAfter)}";
        return verdict.Allowed ? await next(call) : Error(429, "rate_limited", "You have made too many API requests");
    }

    private IResult Page(IQueryCollection parameters, string path, BillingList list)
    {
        var (query, wrong) = RecurlyQuery.Read(parameters);
        if (query is null) return Error(400, "bad_request", $"The parameter {wrong} is invalid", wrong);
        var (page, next) = query.Run(list.Now());
        list.Serve(page, next is null);
        return Answer.Json(new
        {
            @object = "list",
            has_more = next is not null,
            next = next is null ? null : query.Address($"/{path}", next),
            data = page.Select(_shapes.Of),
        });
    }

    private IResult One(string id, BillingList list) =>
        list.Now().FirstOrDefault(row => _shapes.IsNamed(row, id)) is { } row ? Answer.Json(_shapes.Of(row)) : Error(404, "not_found", $"Couldn't find {id}");

    private static IResult Error(int status, string type, string message, string? param = null) =>
        Answer.Json(new { error = new { type, message, @params = param is null ? Array.Empty<object>() : [new { param, message }] } }, status);
}
