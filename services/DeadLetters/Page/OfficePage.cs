using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Audit;
using MudBlazor.Services;
using Npgsql;
using Pipeline.DeadLetters.Page.Shell;

namespace Pipeline.DeadLetters.Page;

/// <summary>The page for people: who may see it, and what it is served with.</summary>
internal static class OfficePage
{
    private const string Assets = "Pipeline.DeadLetters.staticwebassets.endpoints.json";

    /// <summary>The page runs from its own scripts and styles; MudBlazor sets styles on elements. Nobody may show it inside another page.</summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    public static void AddPage(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() && File.Exists(Path.Combine(AppContext.BaseDirectory, "Pipeline.DeadLetters.staticwebassets.runtime.json"))) builder.WebHost.UseStaticWebAssets(); // run from a build, not from a publication
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomRight);
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.Cookie.Name = "pipeline-office";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        });
        builder.Services.AddAuthorization();
    }

    public static void MapPage(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            await next();
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, Assets))) app.MapStaticAssets(Assets);
        app.MapPost("/session", SignInAsync);
        app.MapPost("/session/end", SignOutAsync);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static async Task<IResult> SignInAsync(HttpContext context, Keys keys, NpgsqlDataSource database, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, to) = (Caller.Cleaned(form["name"].ToString()), form["to"].ToString());
        if (name.Length == 0 || keys.RoleOf(form["key"].ToString()) is not { } role)
        {
            await AuditTrail.AddAsync(database, new(name.Length == 0 ? "somebody" : name, "none", "sign in", "the page", null, "refused"), context.RequestAborted);
            return Results.Redirect($"/sign-in?refused=1&to={Uri.EscapeDataString(to)}");
        }

        var caller = new Caller(name, role);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, caller.Name), new("role", caller.RoleName)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity));
        await AuditTrail.AddAsync(database, new(caller.Name, caller.RoleName, "sign in", "the page", null, "done"), context.RequestAborted);
        return Results.LocalRedirect(to.StartsWith('/') || to.Contains(':', StringComparison.Ordinal) || to.Contains('\\', StringComparison.Ordinal) ? "/" : $"/{to}"); // nowhere else but here
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        await context.SignOutAsync();
        return Results.Redirect("/sign-in");
    }
}
