using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>Jira Cloud's search for issues, behind Basic authentication: the query goes along with every token.</summary>
public sealed class JiraVendor(JiraSettings settings, AccountWorld world, TimeProvider clock) : Vendor
{
    private const int Largest = 5000;
    private const int Default = 50;
    private const int MostFetched = 100;

    private readonly ChangingRows _issues = new("issues", [.. JiraIssues.Rows(world)], settings.LateSeconds, clock);
    private readonly RateLimit _limit = new(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
    private readonly string _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Email}:{settings.Token}"));

    public override string Name => "jira";

    public override IEnumerable<RowCount> Rows => [_issues.Count];

    public override IEnumerable<ChildTruth> Children => _issues.Ends;

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _issues.Appeared().Select(issue => JiraWebhook.Call(settings.WebhookSecret, issue, _issues.IsNew(issue))).Select(call => new Func<DateTimeOffset, WebhookCall>(_ => call));

    public override void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/rest/api").AddEndpointFilter(LetIn);
        api.MapPost("/3/search/jql", Search);
        api.MapPost("/3/issue/bulkfetch", Fetch);
        foreach (var gone in (string[])["/2/search", "/3/search"])
            api.Map(gone, () => Error(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."));
        api.Map("/{**path}", () => Answer.Json(new { message = "null for uri", statusCode = 404 }, 404));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var headers = call.HttpContext.Response.Headers;
        if (call.HttpContext.Request.Headers.Authorization != _authorization)
            return Answer.Json(new Dictionary<string, object> { ["message"] = "Client must be authenticated to access this resource.", ["status-code"] = 401 }, 401);
        var verdict = _limit.Take();
        headers["X-RateLimit-Limit"] = settings.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        if (verdict.Allowed) return await next(call);
        headers["X-RateLimit-Reset"] = clock.GetUtcNow().AddSeconds(verdict.RetryAfter).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        headers["RateLimit-Reason"] = "jira-burst-based";
        headers.RetryAfter = verdict.RetryAfter.ToString(CultureInfo.InvariantCulture);
        return Error(429, "Rate limit exceeded.");
    }

    private IResult Search(JsonElement body)
    {
        var (jql, error) = JqlQuery.Read(Text(body, "jql") ?? "");
        if (jql is null) return Error(400, error!);
        var most = body.TryGetProperty("maxResults", out var given) && given.TryGetInt32(out var asked) ? asked : Default;
        if (most is < 1 or > Largest) return Error(400, $"maxResults must be from 1 to {Largest}.");
        JiraToken? place = null;
        if (Text(body, "nextPageToken") is { } token && (place = JiraToken.Read(token, jql.Text)) is null) return Error(400, "Invalid request payload: nextPageToken.");

        var left = jql.Run(_issues.Visible).Where(issue => place?.IsBefore(issue, jql.Descending) ?? true).ToArray();
        StampedRow[] page = [.. left.Take(Math.Min(most, settings.MostIssues))];
        _issues.MarkServed(page);
        var answer = new Dictionary<string, object> { ["issues"] = page.Select(issue => Cut(issue, Fields(body))), ["isLast"] = left.Length == page.Length };
        if (left.Length > page.Length) answer["nextPageToken"] = JiraToken.Of(jql.Text, page[^1]).Write();
        return Answer.Json(answer);
    }

    private IResult Fetch(JsonElement body)
    {
        string[] ids = body.TryGetProperty("issueIdsOrKeys", out var asked) && asked.ValueKind == JsonValueKind.Array ? [.. asked.EnumerateArray().Select(id => id.ToString())] : [];
        if (ids.Length is 0 or > MostFetched) return Error(400, $"issueIdsOrKeys must hold 1 to {MostFetched} ids or keys.");
        StampedRow[] found = [.. ids.Select(_issues.Find).OfType<StampedRow>()];
        _issues.MarkServed(found);
        return Answer.Json(new { expand = "renderedFields,names,schema,operations", issues = found.Select(issue => Cut(issue, Fields(body))), issueErrors = ids.Except(found.Select(issue => issue.Id)).Select(id => new { id, errorMessage = "Issue does not exist or you do not have permission to see it." }) });
    }

    /// <summary>An issue with the fields that were asked for; without any it is its id alone.</summary>
    private static object Cut(StampedRow issue, IReadOnlyList<string> fields) => fields.Count == 0 ? new { id = issue.Id } : new
    {
        expand = issue.Json.GetProperty("expand"),
        id = issue.Id,
        self = issue.Json.GetProperty("self"),
        key = issue.Json.GetProperty("key"),
        fields = issue.Json.GetProperty("fields").EnumerateObject().Where(field => fields.Contains("*all") || fields.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value),
    };

    private static IReadOnlyList<string> Fields(JsonElement body) =>
        body.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array ? [.. fields.EnumerateArray().Select(field => field.ToString())] : [];

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IResult Error(int status, string message) => Answer.Json(new { errorMessages = new[] { message }, errors = new { } }, status);
}
