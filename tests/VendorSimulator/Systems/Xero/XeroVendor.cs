using System.Globalization;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>Xero's accounting API, behind the tokens of a custom connection: contacts and their documents, filtered by If-Modified-Since, paged by number.</summary>
public sealed class XeroVendor : Vendor
{
    private const int AppRequestsPerMinute = 10_000;

    private readonly XeroSettings _settings;
    private readonly AccountWorld _world;
    private readonly TimeProvider _clock;
    private readonly BearerTokens _tokens;
    private readonly RateLimit _limit;
    private readonly Dictionary<string, ChangingRows> _lists;
    private readonly XeroWebhook _webhook;

    public XeroVendor(XeroSettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _world, _clock) = (settings, world, clock);
        _tokens = new BearerTokens(TimeSpan.FromSeconds(settings.TokenSeconds), settings.TokenRequests, clock);
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        var contacts = XeroContacts.Of(world);
        var invoices = XeroInvoices.Of(world, contacts);
        _lists = new()
        {
            ["Contacts"] = Rows("contacts", XeroContacts.Rows(world, contacts)),
            ["Invoices"] = Rows("invoices", XeroInvoices.Rows(world, invoices)),
            ["Payments"] = Rows("payments", XeroPayments.Rows(world, invoices)),
            ["CreditNotes"] = Rows("credit_notes", XeroCreditNotes.Rows(world, contacts)),
        };

        _webhook = new XeroWebhook(settings, _lists);

        ChangingRows Rows(string kind, IEnumerable<StampedRow> rows) => new(kind, [.. rows], settings.LateSeconds, clock);
    }

    public override string Name => "xero";

    public override IEnumerable<RowCount> Rows => _lists.Values.Select(list => list.Count);

    public override IEnumerable<ChildTruth> Children => _lists.Values.SelectMany(list => list.Ends);

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() => _webhook.Told().Select(call => new Func<DateTimeOffset, WebhookCall>(_ => call));

    public override void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/connect/token", (Delegate)IssueToken);
        var api = routes.MapGroup("/api.xro/2.0").AddEndpointFilter(LetIn);
        foreach (var name in _lists.Keys)
        {
            api.MapGet($"/{name}", (HttpContext context) => Page(context, name));
            api.MapGet($"/{name}/{{id}}", (string id) => One(name, id));
        }

        api.Map("/{**path}", NotFound);
    }

    private async Task<IResult> IssueToken(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return Answer.Json(new { error = "invalid_request" }, 400);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["client_id"] != _settings.ClientId || form["client_secret"] != _settings.ClientSecret) return Answer.Json(new { error = "invalid_client" }, 400);
        if (form["grant_type"] != "client_credentials") return Answer.Json(new { error = "unsupported_grant_type" }, 400);
        return Answer.Json(new { access_token = _tokens.Issue("eyJ"), expires_in = _settings.TokenSeconds, token_type = "Bearer", scope = form["scope"].ToString() });
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var (request, headers) = (call.HttpContext.Request, call.HttpContext.Response.Headers);
        if (!_tokens.Accept(request)) return Refused(401, "Unauthorized", request.Headers.Authorization.Count == 0 ? "AuthenticationUnsuccessful" : "TokenExpired: the token has expired");
        if (request.Headers["xero-tenant-id"] != _settings.TenantId) return Refused(403, "Forbidden", "AuthenticationUnsuccessful");
        var verdict = _limit.Take();
        headers["X-MinLimit-Remaining"] = Text(verdict.Remaining);
        headers["X-DayLimit-Remaining"] = Text(Math.Max(0, _settings.RequestsPerDay - verdict.Total));
        headers["X-AppMinLimit-Remaining"] = Text(Math.Max(0, AppRequestsPerMinute - (_settings.RequestsPerMinute - verdict.Remaining)));
        if (verdict.Allowed) return await next(call);
        headers["X-Rate-Limit-Problem"] = "minute";
        headers.RetryAfter = Text(verdict.RetryAfter);
        return Results.StatusCode(429);
    }

    private IResult Page(HttpContext context, string name)
    {
        var (query, error) = XeroQuery.Read(context.Request);
        if (query is null) return Answer.Json(new { ErrorNumber = 16, Type = "QueryParseException", Message = error }, 400);
        var (page, rows) = query.Run(_lists[name].Visible);
        var body = Body(name, page);
        body["pagination"] = new { page = query.Number, pageSize = query.Size, pageCount = (rows + query.Size - 1) / query.Size, itemCount = rows };
        return Answer.Json(body);
    }

    private IResult One(string name, string id) => _lists[name].Find(id) is { } row ? Answer.Json(Body(name, [row])) : NotFound();

    private Dictionary<string, object> Body(string name, IReadOnlyList<StampedRow> rows)
    {
        _lists[name].MarkServed(rows);
        return new()
        {
            ["Id"] = Guid.CreateVersion7(_clock.GetUtcNow()),
            ["Status"] = "OK",
            ["ProviderName"] = "Simulator",
            ["DateTimeUTC"] = $"/Date({Text(_clock.GetUtcNow().ToUnixTimeMilliseconds())})/",
            [name] = rows.Select(row => row.Json),
        };
    }

    private static IResult NotFound() => Results.Text("The resource you're looking for cannot be found", statusCode: 404);

    private IResult Refused(int status, string title, string detail) => Answer.Json(
        new { Type = (string?)null, Title = title, Status = status, Detail = detail, Instance = new Guid(Chance.Hash(_world.Seed, "xero instance").AsSpan(0, 16)), Extensions = new { } }, status);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
