using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>Zuora's object query over accounts, subscriptions and invoices: OAuth client credentials, pages by cursor.</summary>
public sealed class ZuoraVendor : Vendor
{
    private readonly ZuoraSettings _settings;
    private readonly AccountWorld _world;
    private readonly (string Kind, ChangingRows Rows)[] _lists;
    private readonly BearerTokens _tokens;
    private readonly RateLimit _limit;

    public ZuoraVendor(ZuoraSettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _world) = (settings, world);
        _tokens = new BearerTokens(TimeSpan.FromSeconds(settings.TokenSeconds), settings.TokenRequests, clock);
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        var children = new ZuoraChildren(world);
        _lists = [List("account", [.. ZuoraData.Rows(world)]), List("subscription", children.Subscriptions), List("invoice", children.Invoices)];

        (string, ChangingRows) List(string kind, IReadOnlyCollection<StampedRow> rows) => (kind, new ChangingRows($"{kind}s", rows, settings.LateSeconds, clock));
    }

    public override string Name => "zuora";

    public override IEnumerable<RowCount> Rows => _lists.Select(list => list.Rows.Count);

    public override IEnumerable<ChildTruth> Children => _lists.SelectMany(list => list.Rows.Ends);

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _lists.SelectMany(list => list.Rows.Appeared().Select(row => new Func<DateTimeOffset, WebhookCall>(now => ZuoraWebhook.Call(_settings, list.Kind, row, now))));

    public override void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/oauth/token", (Delegate)IssueToken);
        foreach (var (kind, rows) in _lists) routes.MapGet($"/object-query/{kind}s", (HttpContext context) => Query(context, rows)).AddEndpointFilter(LetIn);
    }

    private async Task<IResult> IssueToken(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return Answer.Json(new { message = "Content-Type must be application/x-www-form-urlencoded" }, 400);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials") return Answer.Json(new { message = "Unsupported grant type" }, 400);
        if (form["client_id"] != _settings.ClientId) return Answer.Json(new { message = "Invalid client id" }, 401);
        if (form["client_secret"] != _settings.ClientSecret) return Answer.Json(new { message = "Invalid client secret" }, 401);
        return Answer.Json(new
        {
            access_token = _tokens.Issue(""),
            token_type = "bearer",
            expires_in = _settings.TokenSeconds,
            scope = "tenant.70707 user.simulator",
            jti = Convert.ToHexStringLower(Chance.Hash(_world.Seed, "zuora jti"))[..32],
        });
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (!_tokens.Accept(call.HttpContext.Request)) return Error(401, 90000011, "this resource is protected, please sign in first");
        var verdict = _limit.Take();
        if (verdict.Allowed) return await next(call);
        call.HttpContext.Response.Headers.RetryAfter = verdict.RetryAfter.ToString();
        return Error(429, 53100070, "The request exceeded the limit. Please wait and try again.");
    }

    private static IResult Query(HttpContext context, ChangingRows rows)
    {
        var (query, error) = ZuoraQuery.Read(context.Request.Query);
        if (query is null) return Error(400, 53100020, error!);
        var (page, next) = query.Run(rows.Visible);
        rows.MarkServed(page);
        return Answer.Json(new { nextPage = next?.Write(query.Descending), data = page.Select(row => query.WithAccount ? row.Json : ZuoraChildren.Unexpanded(row.Json)) });
    }

    private static IResult Error(int status, int code, string message) =>
        Answer.Json(new { success = false, processId = "51D0000000000001", reasons = new[] { new { code, message } } }, status);
}
