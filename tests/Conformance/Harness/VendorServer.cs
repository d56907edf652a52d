using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>Plays one feed of a system over real HTTP: proves the credentials, knows only the requests of the script, and misbehaves on demand.</summary>
public sealed class VendorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Fixture _fixture;
    private readonly FeedScript _script;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, bool> _tokens = new();
    private int _requests;
    private int _reached = -1;

    private VendorServer(Fixture fixture, FeedScript script, TimeProvider time)
    {
        (_fixture, _script, _time) = (fixture, script, time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Every data request: when, and which page of the script it asked for; -1 for one that is not in the script.</summary>
    public ConcurrentQueue<(DateTimeOffset At, int Page)> Requests { get; } = new();

    /// <summary>Requests that the script does not know.</summary>
    public ConcurrentQueue<string> Unknown { get; } = new();

    /// <summary>How often a token was asked for.</summary>
    public int TokensGiven => _tokens.Count;

    public IEnumerable<string> Tokens => _tokens.Keys;

    /// <summary>Called with the number of each data request, from 1, before it is answered; true if it has answered itself.</summary>
    public Func<int, HttpContext, Task<bool>> Misbehave { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Changes the answer of a page on its way out.</summary>
    public Func<int, byte[], byte[]> Alter { get; set; } = (_, body) => body;

    public static async Task<VendorServer> StartAsync(Fixture fixture, FeedScript script, TimeProvider time)
    {
        var server = new VendorServer(fixture, script, time);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>From now on every token that was given is refused.</summary>
    public void RevokeTokens()
    {
        foreach (var token in _tokens.Keys) _tokens[token] = false;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.Date = _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        if (_fixture.Token is { } token && context.Request.Path == token.Path) await GiveTokenAsync(context, token);
        else if (!IsProven(context.Request)) await QuoteAsync(context, StatusCodes.Status401Unauthorized);
        else await GivePageAsync(context);
    }

    private async Task GivePageAsync(HttpContext context)
    {
        var page = await FindAsync(context.Request);
        Requests.Enqueue((_time.GetUtcNow(), page));
        if (await Misbehave(Interlocked.Increment(ref _requests), context)) return;
        if (page < 0)
        {
            Unknown.Enqueue($"{context.Request.Method} {context.Request.Path}{WebUtility.UrlDecode(context.Request.QueryString.Value)}");
            await QuoteAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        context.Response.ContentType = "application/json;charset=UTF-8";
        foreach (var (name, value) in _script.Pages[page].AnswerHeaders ?? [])
            context.Response.Headers[name] = value.Replace("{address}", Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
        await context.Response.Body.WriteAsync(Alter(page, _fixture.Answer(_script.Pages[page])));
    }

    private async Task GiveTokenAsync(HttpContext context, TokenScript script)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials" || form["client_secret"] != _fixture.ClientSecret)
        {
            await QuoteAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }

        var token = $"00D.token!{Guid.CreateVersion7()}";
        _tokens[token] = true;
        var answer = script.Answer.DeepClone().AsObject();
        answer["access_token"] = token;
        await context.Response.WriteAsJsonAsync(answer);
    }

    private bool IsProven(HttpRequest request) =>
        _fixture.Token is null
            ? request.Headers.Authorization == _fixture.Authorization
            : request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && _tokens.GetValueOrDefault(token);

    private async Task<int> FindAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        int[] matching = [.. Enumerable.Range(0, _script.Pages.Length).Where(page => Answers(_script.Pages[page], request, body))];
        // Passes over a list without a filter ask the same again: it is the newer page's turn once the one before it was asked for.
        var page = matching.Length == 0 ? -1 : matching.LastOrDefault(candidate => candidate <= _reached + 1, matching[0]);
        _reached = Math.Max(_reached, page);
        return page;
    }

    private static bool Answers(PageScript page, HttpRequest request, string body) =>
        request.Path == page.Path && request.Method == page.Method
        && request.Query.Count == (page.Query?.Count ?? 0)
        && (page.Query ?? []).All(wanted => request.Query[wanted.Key].ToString() == wanted.Value)
        && (page.Headers ?? []).All(wanted => request.Headers[wanted.Key] == wanted.Value)
        && (page.Body is null || JsonNode.DeepEquals(page.Body, JsonNode.Parse(body)));

    /// <summary>A careless system: its refusals quote the whole request, credentials and all.</summary>
    public static async Task QuoteAsync(HttpContext context, int status)
    {
        var quoted = new StringBuilder();
        foreach (var (name, value) in context.Request.Headers) quoted.Append(name).Append(": ").Append(value.ToString()).Append('\n');
        if (context.Request.HasFormContentType)
            foreach (var (name, value) in await context.Request.ReadFormAsync()) quoted.Append(name).Append('=').Append(value.ToString()).Append('&');
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = "refused", ["session"] = context.Request.Headers.Authorization.ToString().Split(' ')[^1], ["request"] = quoted.ToString() });
    }
}
