using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>Delighted's API: survey responses by number, people by the Link header. Its people claim accounts by addresses that other systems must know.</summary>
public sealed class DelightedVendor : Vendor
{
    private readonly DelightedSettings _settings;
    private readonly RateLimit _limit;
    private readonly ChangingRows _people, _responses;
    private readonly string _authorization;

    public DelightedVendor(DelightedSettings settings, AccountWorld world, TimeProvider clock)
    {
        _settings = settings;
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(settings.ApiKey + ":"));
        var people = DelightedPeople.Of(world);
        _people = new("people", [.. DelightedPeople.Rows(world, people)], settings.LateSeconds, clock);
        _responses = new("survey_responses", [.. DelightedResponses.Rows(world, people)], settings.LateSeconds, clock);
    }

    public override string Name => "delighted";

    public override IEnumerable<RowCount> Rows => [_responses.Count, _people.Count];

    public override IEnumerable<ChildTruth> Children => [.. _responses.Ends, .. _people.Ends];

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() =>
        _responses.Appeared().Select(row => DelightedWebhook.Call(_settings.WebhookSecret, row, _responses.IsNew(row))).Select(call => new Func<DateTimeOffset, WebhookCall>(_ => call));

    public override void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/v1").AddEndpointFilter(LetIn);
        api.MapGet("/survey_responses.json", (Delegate)Responses);
        api.MapGet("/survey_responses/{id}.json", Response);
        api.MapGet("/people.json", (Delegate)People);
        api.Map("/{**path}", () => Error(404, "Not found"));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Headers.Authorization != _authorization) return Error(401, "Invalid API key");
        var verdict = _limit.Take();
        if (verdict.Allowed) return await next(call);
        call.HttpContext.Response.Headers.RetryAfter = verdict.RetryAfter.ToString(CultureInfo.InvariantCulture);
        return Error(429, "Too many requests");
    }

    private IResult Responses(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.Whole("per_page", DelightedQuery.Default, 1, DelightedQuery.Largest) is not { } size) return Error(400, "per_page must be from 1 to 100");
        if (query.Whole("page", 1, 1, int.MaxValue) is not { } number || query.Whole("updated_since", 0) is not { } since) return Error(400, "page and updated_since are whole numbers");
        var found = _responses.Visible.Where(row => row.Stamp.ToUnixTimeSeconds() >= since);
        switch (query["order"].ToString())
        {
            case "" or "asc": found = found.OrderBy(Created); break;
            case "desc": found = found.OrderByDescending(Created); break;
            case "asc:updated_at": break;
            case "desc:updated_at": found = found.Reverse(); break;
            default: return Error(400, "order is not known");
        }

        StampedRow[] page = [.. found.Skip((int)Math.Min((number - 1) * size, int.MaxValue)).Take((int)size)];
        _responses.MarkServed(page);
        return Answer.Json(page.Select(row => Shown(row, context)));
    }

    private IResult Response(string id, HttpContext context)
    {
        if (_responses.Find(id) is not { } row) return Error(404, "Not found");
        _responses.MarkServed([row]);
        return Answer.Json(Shown(row, context));
    }

    private static object Shown(StampedRow row, HttpContext context) => context.Request.Query["expand[]"].Contains("person") ? row.Json : Folded(row.Json);

    private IResult People(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.Whole("per_page", DelightedQuery.Default, 1, DelightedQuery.Largest) is not { } size) return Error(400, "per_page must be from 1 to 100");
        if (query.Whole("since", 0) is not { } since || query.Whole("until", long.MaxValue) is not { } until) return Error(400, "since and until are in epoch seconds");
        if (DelightedPlace.Read(query["page_info"].ToString(), since, until) is not { } place) return Error(400, "page_info is not valid");
        var left = _people.Visible.Where(place.IsBefore).ToArray();
        StampedRow[] page = [.. left.Take((int)size)];
        _people.MarkServed(page);
        if (left.Length > page.Length)
            context.Response.Headers.Link = $"<{context.BaseAddress(this)}/v1/people.json?per_page={size}&page_info={Uri.EscapeDataString(place.After(page[^1]).Write())}>; rel=\"next\"";
        return Answer.Json(page.Select(row => row.Json));
    }

    /// <summary>Without expansion a person is only its id.</summary>
    private static Dictionary<string, object?> Folded(JsonElement response) => response.EnumerateObject().ToDictionary(
        field => field.Name, object? (field) => field.Name == "person" && field.Value.ValueKind == JsonValueKind.Object ? field.Value.GetProperty("id") : field.Value);

    private static long Created(StampedRow row) => row.Json.GetProperty("created_at").GetInt64();

    private static IResult Error(int status, string message) => Answer.Json(new { status, message }, status);
}
