using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>Zuora's object query over accounts: OAuth client credentials, pages by cursor.</summary>
public sealed class ZuoraVendor(ZuoraSettings settings, AccountWorld world, TimeProvider clock) : Vendor
{
    private readonly ChangingRows _accounts = new("accounts", [.. ZuoraData.Rows(world)], settings.LateSeconds, clock);
    private readonly BearerTokens _tokens = new(TimeSpan.FromSeconds(settings.TokenSeconds), settings.TokenRequests, clock);
    private readonly RateLimit _limit = new(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);

    public override string Name => "zuora";

    public override IEnumerable<RowCount> Rows => [_accounts.Count];

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _accounts.Appeared().Select(account => new Func<DateTimeOffset, WebhookCall>(now => ZuoraWebhook.Call(settings, account, now)));

    public override void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/oauth/token", (Delegate)IssueToken);
        routes.MapGet("/object-query/accounts", Query).AddEndpointFilter(LetIn);
    }

    private async Task<IResult> IssueToken(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return Answer.Json(new { message = "Content-Type must be application/x-www-form-urlencoded" }, 400);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials") return Answer.Json(new { message = "Unsupported grant type" }, 400);
        if (form["client_id"] != settings.ClientId) return Answer.Json(new { message = "Invalid client id" }, 401);
        if (form["client_secret"] != settings.ClientSecret) return Answer.Json(new { message = "Invalid client secret" }, 401);
        return Answer.Json(new
        {
            access_token = _tokens.Issue(""),
            token_type = "bearer",
            expires_in = settings.TokenSeconds,
            scope = "tenant.70707 user.simulator",
            jti = Convert.ToHexStringLower(Chance.Hash(world.Seed, "zuora jti"))[..32],
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

    private IResult Query(HttpContext context)
    {
        var (query, error) = ZuoraQuery.Read(context.Request.Query);
        if (query is null) return Error(400, 53100020, error!);
        var (page, next) = query.Run(_accounts.Visible);
        _accounts.MarkServed(page);
        return Answer.Json(new { nextPage = next?.Write(query.Descending), data = page.Select(account => account.Json) });
    }

    private static IResult Error(int status, int code, string message) =>
        Answer.Json(new { success = false, processId = "51D0000000000001", reasons = new[] { new { code, message } } }, status);
}
