using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>Salesforce's REST query API: OAuth client credentials, SOQL over Account, pages by locator.</summary>
public sealed class SalesforceVendor(SalesforceSettings settings, AccountWorld world, Milestones milestones, TimeProvider clock) : Vendor
{
    private readonly SalesforceAccounts _accounts = new(world, settings, milestones);
    private readonly QueryLocators _locators = new();
    private readonly BearerTokens _tokens = new(TimeSpan.FromSeconds(settings.TokenSeconds), settings.TokenRequests, clock);
    private readonly RateLimit _limit = new(settings.RequestsPerDay, TimeSpan.FromDays(1), settings.RefuseEvery, clock);

    public override string Name => "salesforce";

    /// <summary>nextRecordsUrl starts at the host's root.</summary>
    public override IReadOnlyList<string> AlsoAt => ["/services"];

    public override IEnumerable<RowCount> Rows => [_accounts.Count];

    /// <summary>A flow runs after each save of an account.</summary>
    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() => _accounts.Appeared().Select(record => WrittenCall.Of(settings.WebhookSecret, "account", record.Id));

    public override void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/services/oauth2/token", (Delegate)IssueToken);
        var data = routes.MapGroup("/services/data/{version}").AddEndpointFilter(LetIn);
        data.MapGet("/query", (string version, string? q) => Query(version, q, deleted: false));
        data.MapGet("/queryAll", (string version, string? q) => Query(version, q, deleted: true));
        data.MapGet("/query/{locator}", NextPage);
        data.MapGet("/queryAll/{locator}", NextPage);
    }

    private async Task<IResult> IssueToken(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return Refused("unsupported_grant_type", "grant type not supported");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials") return Refused("unsupported_grant_type", "grant type not supported");
        if (form["client_id"] != settings.ClientId) return Refused("invalid_client_id", "client identifier invalid");
        if (form["client_secret"] != settings.ClientSecret) return Refused("invalid_client", "invalid client credentials");
        return Answer.Json(new
        {
            access_token = _tokens.Issue("00Dnw00000SimOr!"),
            signature = Convert.ToBase64String(Chance.Hash(world.Seed, "salesforce signature")),
            scope = "api",
            instance_url = context.BaseAddress(this),
            id = $"{context.BaseAddress(this)}/id/{SalesforceId.WithSuffix("00Dnw00000SimOr")}/{SalesforceData.Owner}",
            token_type = "Bearer",
            issued_at = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(),
        });

        static IResult Refused(string error, string description) => Answer.Json(new { error, error_description = description }, 400);
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (!_tokens.Accept(call.HttpContext.Request)) return Error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        var verdict = _limit.Take();
        call.HttpContext.Response.Headers["Sforce-Limit-Info"] = $"api-usage={verdict.Total}/{settings.RequestsPerDay}";
        return verdict.Allowed ? await next(call) : Error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }

    private IResult Query(string version, string? soql, bool deleted)
    {
        var (query, error) = SoqlReader.Read(soql ?? "");
        if (query is null) return Error(400, error!.Code, error.Message);
        var results = new QueryResults(query.Fields, query.Run(_accounts.Visible(deleted)));
        return Page(version, results.Records.Count > settings.PageSize ? _locators.Keep(results) : null, results, 0);
    }

    private IResult NextPage(string version, string locator) => _locators.Find(locator) is var (id, results, offset)
        ? Page(version, id, results, offset)
        : Error(400, "INVALID_QUERY_LOCATOR", "invalid query locator");

    private IResult Page(string version, string? locator, QueryResults results, int offset)
    {
        SalesforceRecord[] records = [.. results.Records.Skip(offset).Take(settings.PageSize)];
        _accounts.MarkServed(records);
        var next = offset + records.Length;
        var page = new Dictionary<string, object> { ["totalSize"] = results.Records.Count, ["done"] = next >= results.Records.Count };
        if (next < results.Records.Count) page["nextRecordsUrl"] = $"/services/data/{version}/query/{locator}-{next}";
        page["records"] = records.Select(record => Row(version, record, results.Fields));
        return Answer.Json(page);
    }

    private static Dictionary<string, object> Row(string version, SalesforceRecord record, IReadOnlyList<string> fields)
    {
        var row = new Dictionary<string, object> { ["attributes"] = new { type = "Account", url = $"/services/data/{version}/sobjects/Account/{record.Id}" } };
        foreach (var field in fields) row[field] = record.Fields[field];
        return row;
    }

    private static IResult Error(int status, string errorCode, string message) => Answer.Json(new[] { new { message, errorCode } }, status);
}
