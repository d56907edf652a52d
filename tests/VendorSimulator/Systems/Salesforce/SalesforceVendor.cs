using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>Salesforce's REST query API: OAuth client credentials, SOQL over accounts and what belongs to them, pages by locator.</summary>
public sealed class SalesforceVendor : Vendor
{
    private readonly SalesforceSettings _settings;
    private readonly AccountWorld _world;
    private readonly TimeProvider _clock;
    private readonly (string Told, SalesforceTable Table)[] _tables;
    private readonly QueryLocators _locators = new();
    private readonly BearerTokens _tokens;
    private readonly RateLimit _limit;

    public SalesforceVendor(SalesforceSettings settings, AccountWorld world, Milestones milestones, TimeProvider clock)
    {
        (_settings, _world, _clock) = (settings, world, clock);
        _tokens = new BearerTokens(TimeSpan.FromSeconds(settings.TokenSeconds), settings.TokenRequests, clock);
        _limit = new RateLimit(settings.RequestsPerDay, TimeSpan.FromDays(1), settings.RefuseEvery, clock);
        var children = SalesforceChildren.Of(world);
        Children = [.. children.Ends];
        _tables =
        [
            ("account", Table(SalesforceFields.Account, "accounts", SalesforceData.Of(world, settings.DeletedRecords))),
            ("contact", Table(SalesforceFields.Contact, "contacts", Records(children.Contacts))),
            ("opportunity", Table(SalesforceFields.Opportunity, "opportunities", Records(children.Opportunities))),
            ("case", Table(SalesforceFields.Case, "cases", Records(children.Cases))),
        ];

        SalesforceTable Table(string entity, string rows, IReadOnlyList<SalesforceRecord> records) => new(entity, rows, records, settings, milestones);

        static SalesforceRecord[] Records(IEnumerable<SalesforceChildRecord> children) => [.. children.Select(child => child.Record)];
    }

    public override string Name => "salesforce";

    /// <summary>nextRecordsUrl starts at the host's root.</summary>
    public override IReadOnlyList<string> AlsoAt => ["/services"];

    public override IEnumerable<RowCount> Rows => _tables.Select(one => one.Table.Count);

    public override IEnumerable<ChildTruth> Children { get; }

    /// <summary>A flow runs after each save of a record.</summary>
    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _tables.SelectMany(one => one.Table.Appeared().Select(record => WrittenCall.Of(_settings.WebhookSecret, one.Told, record.Id)));

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
        if (form["client_id"] != _settings.ClientId) return Refused("invalid_client_id", "client identifier invalid");
        if (form["client_secret"] != _settings.ClientSecret) return Refused("invalid_client", "invalid client credentials");
        return Answer.Json(new
        {
            access_token = _tokens.Issue("00Dnw00000SimOr!"),
            signature = Convert.ToBase64String(Chance.Hash(_world.Seed, "salesforce signature")),
            scope = "api",
            instance_url = context.BaseAddress(this),
            id = $"{context.BaseAddress(this)}/id/{SalesforceId.WithSuffix("00Dnw00000SimOr")}/{SalesforceData.Owner}",
            token_type = "Bearer",
            issued_at = _clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(),
        });

        static IResult Refused(string error, string description) => Answer.Json(new { error, error_description = description }, 400);
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (!_tokens.Accept(call.HttpContext.Request)) return Error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        var verdict = _limit.Take();
        call.HttpContext.Response.Headers["Sforce-Limit-Info"] = $"api-usage={verdict.Total}/{_settings.RequestsPerDay}";
        return verdict.Allowed ? await next(call) : Error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }

    private IResult Query(string version, string? soql, bool deleted)
    {
        var (query, error) = SoqlReader.Read(soql ?? "");
        if (query is null) return Error(400, error!.Code, error.Message);
        var table = _tables.First(one => one.Table.Entity == query.Entity).Table;
        var results = new QueryResults(table, query.Fields, query.Run(table.Visible(deleted)));
        return Page(version, results.Records.Count > _settings.PageSize ? _locators.Keep(results) : null, results, 0);
    }

    private IResult NextPage(string version, string locator) => _locators.Find(locator) is var (id, results, offset)
        ? Page(version, id, results, offset)
        : Error(400, "INVALID_QUERY_LOCATOR", "invalid query locator");

    private IResult Page(string version, string? locator, QueryResults results, int offset)
    {
        SalesforceRecord[] records = [.. results.Records.Skip(offset).Take(_settings.PageSize)];
        results.Table.MarkServed(records);
        var next = offset + records.Length;
        var page = new Dictionary<string, object> { ["totalSize"] = results.Records.Count, ["done"] = next >= results.Records.Count };
        if (next < results.Records.Count) page["nextRecordsUrl"] = $"/services/data/{version}/query/{locator}-{next}";
        page["records"] = records.Select(record => Row(version, results, record));
        return Answer.Json(page);
    }

    private static Dictionary<string, object> Row(string version, QueryResults results, SalesforceRecord record)
    {
        var entity = results.Table.Entity;
        var row = new Dictionary<string, object> { ["attributes"] = new { type = entity, url = $"/services/data/{version}/sobjects/{entity}/{record.Id}" } };
        foreach (var field in results.Fields) row[field] = record.Fields[field];
        return row;
    }

    private static IResult Error(int status, string errorCode, string message) => Answer.Json(new[] { new { message, errorCode } }, status);
}
