using System.Globalization;
using System.Text;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>Zendesk's incremental exports: users and tickets by cursor, organizations by time, records by their ids, and events, behind Basic authentication.</summary>
public sealed class ZendeskVendor : Vendor
{
    /// <summary>A start time must be at least this old, in seconds.</summary>
    private const long Youngest = 60;

    private const int MostIds = 100;

    private static readonly TimeSpan ChangeAfter = TimeSpan.FromSeconds(2);

    private readonly ZendeskSettings _settings;
    private readonly Milestones _milestones;
    private readonly TimeProvider _clock;
    private readonly RateLimit _limit;
    private readonly ZendeskExport _organizations, _users, _tickets;
    private readonly IReadOnlyList<ZendeskRow> _changes;
    private readonly int _seed;
    private bool _told;
    private readonly string _authorization;

    public ZendeskVendor(ZendeskSettings settings, AccountWorld world, Milestones milestones, TimeProvider clock)
    {
        (_settings, _milestones, _clock) = (settings, milestones, clock);
        _limit = new RateLimit(settings.RequestsPerMinute, TimeSpan.FromMinutes(1), settings.RefuseEvery, clock);
        _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Email}/token:{settings.Token}"));
        var organizations = ZendeskOrganizations.Of(world);
        var users = ZendeskUsers.Of(world, organizations, settings.Users);
        var tickets = ZendeskTickets.Of(world, organizations, settings.Tickets);
        _seed = world.Seed;
        ZendeskRow[] ticketRows = [.. tickets.Select(ticket => ticket.Row)];
        _changes = ZendeskChanges.Of(ticketRows);
        _organizations = new("organizations", [.. organizations.Select(ZendeskOrganizations.Row)], [], () => false);
        _users = new("users", [.. users.Select(user => user.Row)], [], () => false);
        _tickets = new("tickets", ticketRows, _changes, HaveChanged);
        Children = [.. users.Concat(tickets).Select(child => child.End)];
    }

    public override string Name => "zendesk";

    public override IEnumerable<RowCount> Rows => [_organizations.Count, _users.Count, _tickets.Count];

    public override IEnumerable<ChildTruth> Children { get; }

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told()
    {
        if (_told || !HaveChanged()) return [];
        _told = true;
        return _changes.Select(row => ZendeskEvent.Of(row, _seed, _settings.WebhookSecret));
    }

    public override void Map(RouteGroupBuilder routes)
    {
        foreach (var export in new[] { _organizations, _users, _tickets })
            routes.MapGet($"/api/v2/{export.Kind}/show_many.json", (string? ids) => ShowMany(export, ids ?? "")).AddEndpointFilter(LetIn);
        var exports = routes.MapGroup("/api/v2/incremental").AddEndpointFilter(LetIn);
        exports.MapGet("/users/cursor.json", (HttpContext context) => ByCursor(context, _users));
        exports.MapGet("/tickets/cursor.json", (HttpContext context) => ByCursor(context, _tickets));
        exports.MapGet("/organizations.json", ByTime);
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Headers.Authorization != _authorization) return Answer.Json(new { error = "Couldn't authenticate you" }, 401);
        var verdict = _limit.Take();
        var headers = call.HttpContext.Response.Headers;
        headers["X-Rate-Limit"] = _settings.RequestsPerMinute.ToString();
        headers["X-Rate-Limit-Remaining"] = verdict.Remaining.ToString();
        if (verdict.Allowed) return await next(call);
        headers.RetryAfter = verdict.RetryAfter.ToString();
        return Error(429, "APIRateLimitExceeded", "Number of allowed incremental export API requests per minute exceeded");
    }

    private bool HaveChanged() => _milestones.Passed(Milestones.TicketsExported, ChangeAfter);

    /// <summary>Deleted tickets are only in the export.</summary>
    private static IResult ShowMany(ZendeskExport export, string text)
    {
        var ids = text.Split(',').Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToHashSet();
        if (ids.Count > MostIds || ids.Contains(-1)) return Error(400, "InvalidValue", $"ids are whole numbers, at most {MostIds}");
        var found = export.Find(ids).Where(row => export.Kind != "tickets" || !ZendeskChanges.IsDeleted(row)).Select(row => row.Json).ToArray();
        return Answer.Json(new Dictionary<string, object?> { [export.Kind] = found, ["next_page"] = null, ["previous_page"] = null, ["count"] = found.Length });
    }

    private IResult ByCursor(HttpContext context, ZendeskExport export)
    {
        ZendeskCursor? cursor = null;
        long start = 0;
        var text = context.Request.Query["cursor"].ToString();
        if (text.Length > 0 && (cursor = ZendeskCursor.Read(text)) is null) return Error(400, "InvalidValue", "Invalid cursor");
        if (text.Length == 0 && StartTime(context, out start) is { } refusal) return refusal;

        var page = export.After(cursor, start, Size(context));
        if (page.AtEnd && export == _tickets) _milestones.Reach(Milestones.TicketsExported);
        var after = page.Rows.Count > 0 ? ZendeskCursor.Of(page.Rows[^1]).Write() : text.Length > 0 ? text : null;
        return Answer.Json(new Dictionary<string, object?>
        {
            [export.Kind] = page.Rows.Select(row => row.Json),
            ["after_url"] = after is null ? null : $"{Address(context)}?cursor={Uri.EscapeDataString(after)}",
            ["before_url"] = null,
            ["after_cursor"] = after,
            ["before_cursor"] = null,
            ["end_of_stream"] = page.AtEnd,
        });
    }

    private IResult ByTime(HttpContext context)
    {
        if (StartTime(context, out var start) is { } refusal) return refusal;
        var page = _organizations.From(start, Size(context));
        var end = page.Rows.Count > 0 ? page.Rows[^1].Stamp : start;
        return Answer.Json(new
        {
            organizations = page.Rows.Select(row => row.Json),
            next_page = $"{Address(context)}?start_time={end}",
            end_time = end,
            end_of_stream = page.AtEnd,
            count = page.Rows.Count,
        });
    }

    private IResult? StartTime(HttpContext context, out long start)
    {
        if (!long.TryParse(context.Request.Query["start_time"], NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Error(400, "InvalidValue", "start_time is required, in epoch seconds");
        return _clock.GetUtcNow().ToUnixTimeSeconds() - start < Youngest
            ? Error(400, "StartTimeTooRecent", "Too recent start_time. Use a start_time older than 60 seconds")
            : null;
    }

    /// <summary>A client may ask for fewer rows, not for more.</summary>
    private int Size(HttpContext context) =>
        int.TryParse(context.Request.Query["per_page"], out var asked) && asked > 0 ? Math.Min(asked, _settings.PageSize) : _settings.PageSize;

    private string Address(HttpContext context) => $"{context.BaseAddress(this)}{context.Request.Path.Value!["/zendesk".Length..]}";

    private static IResult Error(int status, string error, string description) => Answer.Json(new { error, description }, status);
}
