using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;

namespace Pipeline.Conformance.Tests.Shape;

public sealed class AuthenticationTests
{
    private static readonly Feed Empty = new() { Name = "items", First = _ => new("/items"), Read = _ => new Page([], null, null), Map = Shelf.Map };

    public static TheoryData<Authentication, string, string> Unchanging => new()
    {
        { new Authentication.Basic("käufer", new Secret("p:w")), "Authorization", "Basic a8OkdWZlcjpwOnc=" },
        { new Authentication.KeyAsUser(new Secret("p:w")), "Authorization", "Basic cDp3Og==" },
        { new Authentication.KeyAsUser(new Secret("key"), "X"), "Authorization", "Basic a2V5Olg=" },
        { new Authentication.Bearer(new Secret("sk_live")), "Authorization", "Bearer sk_live" },
        { new Authentication.Header("Authorization", new Secret("key"), "Token token="), "Authorization", "Token token=key" },
        { new Authentication.Header("X-Api-Key", new Secret("key")), "X-Api-Key", "key" },
    };

    [Theory, MemberData(nameof(Unchanging))]
    public async Task Requests_carry_the_proof(Authentication authentication, string header, string value)
    {
        var seen = "";
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            seen = context.Request.Headers[header].ToString();
            return context.Response.WriteAsync("{}");
        });
        await shelf.ReadAsync(Empty, authentication, 1);
        Assert.Equal(value, seen);
    }

    [Theory]
    [InlineData(null, "grant_type=client_credentials&client_id=client&client_secret=secret")]
    [InlineData("read.contacts read.invoices", "grant_type=client_credentials&client_id=client&client_secret=secret&scope=read.contacts+read.invoices")]
    public async Task A_token_is_asked_for_with_its_scope_where_there_is_one(string? scope, string asked)
    {
        var form = "";
        await using var shelf = await Shelf.OpenAsync(async context =>
        {
            if (context.Request.Path == "/token") form = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync("""{"access_token":"abc"}""");
        });
        await shelf.ReadAsync(Empty, new Authentication.ClientCredentials("/token", "client", new Secret("secret"), scope), 1);
        Assert.Equal(asked, form);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires_without_a_refused_request()
    {
        await using var shelf = await Shelf.OpenAsync(context => context.Response.WriteAsync(
            context.Request.Path == "/token" ? """{"access_token":"abc","expires_in":600}""" : "{}"), speed: 1000);
        await shelf.ReadAsync(Empty, new Authentication.ClientCredentials("/token", "client", new Secret("secret")), 4, TimeSpan.FromMinutes(5));
        Assert.Equal(["/token", "/items", "/items", "/token", "/items", "/items"], shelf.Requests);
    }

    [Theory]
    [InlineData("""{"error":"invalid_client"}""", StatusCodes.Status400BadRequest, "POST /token was answered 400")]
    [InlineData("""{"error":"invalid_client"}""", StatusCodes.Status401Unauthorized, "The credentials are not accepted.")]
    [InlineData("""{"token_type":"bearer"}""", StatusCodes.Status200OK, "has no access_token")]
    public async Task A_token_that_is_not_given_is_shown_and_asked_for_again(string answer, int status, string shown)
    {
        var refusals = 2;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            var refuses = context.Request.Path == "/token" && refusals-- > 0;
            context.Response.StatusCode = refuses ? status : StatusCodes.Status200OK;
            return context.Response.WriteAsync(refuses ? answer : """{"access_token":"abc"}""");
        });
        await shelf.ReadAsync(Empty, new Authentication.ClientCredentials("/token", "client", new Secret("secret")), 1);
        Assert.Contains(shown, shelf.Engine.Progress.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_are_refused_for_good_are_shown()
    {
        var refusals = 3;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path != "/token" && refusals-- > 0 ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
            return context.Response.WriteAsync("""{"access_token":"abc"}""");
        });
        await shelf.ReadAsync(Empty, new Authentication.ClientCredentials("/token", "client", new Secret("secret")), 1);
        Assert.Contains("GET /items was answered 401", shelf.Engine.Progress.LastError, StringComparison.Ordinal);
        Assert.Equal(["/token", "/items", "/token", "/items", "/token", "/items", "/token", "/items"], shelf.Requests);
    }
}
