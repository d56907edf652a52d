using System.Net;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class BudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Limit: 100|X-RateLimit-Reset: 1795521611", 3, 100L, 11d)]
    [InlineData("x-rate-limit-remaining: 3|X-Rate-Limit: 700", 3, 700L, null)]
    [InlineData("RateLimit-Remaining: 3|RateLimit-Limit: 100, 100;w=60|RateLimit-Reset: 50", 3, 100L, 50d)]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Reset: 2026-11-24T12:00:30Z", 3, null, 30d)]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Reset: 2026-11-24T12:01", 3, null, 60d)]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Reset: 1795521611500", 3, null, 11.5)]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Reset: 0.5", 3, null, 0.5)]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Reset: soon", 3, null, null)]
    [InlineData("X-RateLimit-Remaining: 3|X-RateLimit-Reset: 99999999999999999", 3, null, null)]
    [InlineData("X-RateLimit-Remaining: -4", 0, null, null)]
    [InlineData("Date: Tue, 24 Nov 2026 09:00:00 GMT|X-RateLimit-Remaining: 3|X-RateLimit-Reset: 2026-11-24T09:00:30Z", 3, null, 30d)]
    public void What_is_left_is_read_from_the_names_that_many_systems_share(string headers, long remaining, long? limit, double? secondsToGo)
    {
        var budget = Assert.Single(Read(headers));
        Assert.Equal((remaining, limit, secondsToGo), (budget.Remaining, budget.Limit, (budget.ResetsAt - Now)?.TotalSeconds));
    }

    [Theory]
    [InlineData("X-Nothing: 1")]
    [InlineData("X-RateLimit-Limit: 100")]
    [InlineData("X-RateLimit-Remaining: many")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Limit: 0")]
    public void What_tells_of_no_limit_is_no_budget(string headers) => Assert.Empty(Read(headers));

    [Fact]
    public void A_system_that_has_one_limit_for_the_account_and_one_for_the_list_has_two_budgets() =>
        Assert.Equal([70, 7], Read("X-Rate-Limit-Remaining: 70|ratelimit-remaining: 7").Select(budget => budget.Remaining));

    [Theory]
    [InlineData("xero", "X-MinLimit-Remaining: 5|X-DayLimit-Remaining: 400|X-AppMinLimit-Remaining: 9000", "5 of 60 in 00:01:00, 9000 of 10000 in 00:01:00, 400 of 5000 in 1.00:00:00")]
    [InlineData("salesforce", "Sforce-Limit-Info: api-usage=18/5000", "4982 of 5000 in 1.00:00:00")]
    [InlineData("salesforce", "Sforce-Limit-Info: per-app-api-usage=17/250(appName=x), api-usage=5001/5000", "0 of 5000 in 1.00:00:00")]
    [InlineData("salesforce", "Sforce-Limit-Info: per-app-api-usage=17/250(appName=x)", "")]
    public void Headers_that_one_system_has_are_read_as_its_connector_says(string system, string headers, string expected) =>
        Assert.Equal(expected, string.Join(", ", Read(headers, LimitsOf(system)).Select(budget => $"{budget.Remaining} of {budget.Limit} in {budget.Window:c}")));

    private static IReadOnlyList<LimitHeader> LimitsOf(string system) => ConnectorCatalog.Find().Single(connector => connector.System == system)
        .Describe(new SystemSettings(new ConfigurationBuilder().Build().GetSection($"Connectors:{system}"))).Limits;

    private static IReadOnlyList<Budget> Read(string headers, IReadOnlyList<LimitHeader>? own = null)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        foreach (var header in headers.Split('|').Select(line => line.Split(": ", 2))) response.Headers.TryAddWithoutValidation(header[0], header[1]);
        return Budget.Of(response.Headers, own ?? [], Now);
    }
}
