using System.Globalization;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>Intercom's REST API: companies by the scroll; contacts, conversations and tickets by search.</summary>
public sealed class IntercomVendor : Vendor
{
    private static readonly string[] Versions = ["2.11", "2.12", "2.13", "2.14", "2.15"];

    private readonly IntercomSettings _settings;
    private readonly TimeProvider _clock;
    private readonly RateLimit _limit;
    private readonly ChangingRows _companies, _contacts, _conversations, _tickets;
    private readonly IntercomScroll _scroll;

    public IntercomVendor(IntercomSettings settings, AccountWorld world, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _limit = new RateLimit(settings.RequestsPerTenSeconds, TimeSpan.FromSeconds(10), settings.RefuseEvery, clock);
        var companies = IntercomCompanies.Of(world);
        var contacts = IntercomContacts.Of(world, companies);
        _companies = Rows("companies", IntercomCompanies.Rows(world, companies));
        _contacts = Rows("contacts", IntercomContacts.Rows(world, contacts));
        _conversations = Rows("conversations", IntercomConversations.Rows(world, contacts));
        _tickets = Rows("tickets", IntercomTickets.Rows(world, contacts));
        _scroll = new IntercomScroll(_companies, settings.ScrollPageSize, TimeSpan.FromSeconds(settings.ScrollSeconds), clock);

        ChangingRows Rows(string kind, IEnumerable<StampedRow> rows) => new(kind, [.. rows], settings.LateSeconds, clock);
    }

    public override string Name => "intercom";

    public override IEnumerable<RowCount> Rows => [_companies.Count, _contacts.Count, _conversations.Count, _tickets.Count];

    public override IEnumerable<ChildTruth> Children => [.. _contacts.Ends, .. _conversations.Ends, .. _tickets.Ends];

    public override IEnumerable<Func<DateTimeOffset, WebhookCall>> Told()
    {
        ChangingRows[] kinds = [_companies, _contacts, _conversations, _tickets];
        return kinds.SelectMany(rows => rows.Appeared().Select(row => IntercomWebhook.Call(_settings.WebhookSecret, row, rows.IsNew(row)))).Select(call => new Func<DateTimeOffset, WebhookCall>(_ => call));
    }

    public override void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("").AddEndpointFilter(LetIn);
        api.MapGet("/companies/scroll", Scroll);
        api.MapPost("/contacts/search", (JsonElement body) => Search(body, "list", "data", _contacts, byDay: true));
        api.MapPost("/conversations/search", (JsonElement body) => Search(body, "conversation.list", "conversations", _conversations));
        api.MapPost("/tickets/search", (JsonElement body) => Search(body, "ticket.list", "tickets", _tickets));
        api.MapGet("/companies/{id}", (string id) => One(id, _companies));
        api.MapGet("/contacts/{id}", (string id) => One(id, _contacts));
        api.MapGet("/conversations/{id}", (string id) => One(id, _conversations));
        api.MapGet("/tickets/{id}", (string id) => One(id, _tickets));
        api.Map("/{**path}", () => Error(404, "not_found", "The requested resource was not found"));
    }

    private async ValueTask<object?> LetIn(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var (request, headers) = (call.HttpContext.Request, call.HttpContext.Response.Headers);
        if (request.Headers.Authorization != $"Bearer {_settings.Token}") return Error(401, "unauthorized", "Access Token Invalid");
        var verdict = _limit.Take();
        headers["X-RateLimit-Limit"] = _settings.RequestsPerTenSeconds.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = _clock.GetUtcNow().AddSeconds(verdict.Allowed ? 10 : verdict.RetryAfter).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (!verdict.Allowed) return Error(429, "rate_limit_exceeded", "Exceeded rate limit");
        return request.Headers["Intercom-Version"].ToString() is { Length: > 0 } version && !Versions.Contains(version)
            ? Error(400, "intercom_version_invalid", "The requested version could not be found")
            : await next(call);
    }

    private IResult Scroll(string? scroll_param)
    {
        var scrolled = string.IsNullOrEmpty(scroll_param) ? _scroll.Begin() : _scroll.Continue(scroll_param);
        return scrolled.Error switch
        {
            "scroll_exists" => Error(400, "scroll_exists", "scroll already exists for this workspace"),
            "not_found" => Error(404, "not_found", "scroll parameter not found"),
            _ => Answer.Json(new { type = "list", data = scrolled.Page.Select(row => row.Json), pages = (object?)null, total_count = (int?)null, scroll_param = scrolled.Name }),
        };
    }

    private static IResult Search(JsonElement body, string type, string list, ChangingRows rows, bool byDay = false)
    {
        var (search, error) = IntercomSearch.Read(body);
        if (search is null) return Error(400, "parameter_invalid", error!);
        var (page, all, next) = search.Run(rows.Visible, byDay);
        rows.MarkServed(page);
        var pages = new Dictionary<string, object> { ["type"] = "pages", ["page"] = search.Number, ["per_page"] = search.Size, ["total_pages"] = (all + search.Size - 1) / search.Size };
        if (next is not null) pages["next"] = new { page = search.Number + 1, starting_after = next };
        return Answer.Json(new Dictionary<string, object> { ["type"] = type, [list] = page.Select(row => row.Json), ["total_count"] = all, ["pages"] = pages });
    }

    /// <summary>A conversation alone comes with its parts, which a search leaves out.</summary>
    private IResult One(string id, ChangingRows rows)
    {
        if (rows.Find(id) is not { } row) return Error(404, "not_found", "Resource not found");
        rows.MarkServed([row]);
        return Answer.Json(rows == _conversations ? IntercomForm.WithParts(row.Json) : row.Json);
    }

    private static IResult Error(int status, string code, string message) =>
        Answer.Json(new { type = "error.list", request_id = "0000intercom", errors = new[] { new { code, message } } }, status);
}
