using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
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
        SharedCookieKeys.AddTo(builder.Services);
        var organisation = OrganisationSignIn.From(builder.Configuration);
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.Cookie.Name = "pipeline-office";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = organisation is null ? SameSiteMode.Strict : SameSiteMode.Lax; // the identity provider sends people here by a link; every change needs an antiforgery token as well
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        });
        organisation?.AddTo(builder.Services, authentication);
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
        if (app.Services.GetService<OrganisationSignIn>() is not null)
            app.MapGet(OrganisationSignIn.Path, (string? to) => Results.Challenge(new AuthenticationProperties { RedirectUri = Here(to ?? "") }, [OpenIdConnectDefaults.AuthenticationScheme]));
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
        await context.SignInAsync(caller.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        await AuditTrail.AddAsync(database, new(caller.Name, caller.RoleName, "sign in", "the page", null, "done"), context.RequestAborted);
        return Results.LocalRedirect(Here(to));
    }

    /// <summary>A page of this office and no other place: what a browser would take for another host leads to the first page.</summary>
    private static string Here(string to)
    {
        var path = to.StartsWith('/') ? to[1..] : to;
        return path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl) ? "/" : $"/{path}";
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        await context.SignOutAsync();
        return Results.Redirect("/sign-in");
    }
}
