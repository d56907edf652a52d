using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Checking;
using Pipeline.Contracts;

namespace Pipeline.Conformance.Tests.Rules;

/// <summary>Every system can be checked: <c>pipeline check</c> says what its feeds hold, and which settings to look at.</summary>
public sealed class CheckRules
{
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task The_first_page_is_read_and_nothing_is_published_or_stored(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        await using var check = new Checked(run.System, new FastTime(speed: 1));

        var report = await check.RunAsync();

        var found = Assert.Single(report.Feeds);
        Assert.Equal(("accepted", feed), (report.Credentials, found.Feed));
        Assert.Contains(found.State, new[] { "ok", "empty" });
        Assert.Equal(run.Script.RecordsOf(System.Text.Json.Nodes.JsonNode.Parse(run.Fixture.Answer(run.Script.Pages[0]))!).Count, found.Sample!.Read);
        Assert.Equal(found.Sample.Read, found.Sample.Accounts + found.Sample.Children + found.Sample.Unmappable);
        Assert.Single(run.Server.Requests);
        Assert.Empty(run.Server.Unknown);
        Assert.Empty(check.Recorder.Messages);
        Assert.Equal(0, (await check.Checkpoints.LoadAsync(system, feed, CancellationToken.None)).Version);
    }

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task Refused_credentials_are_told_by_the_settings_that_hold_them_and_never_shown(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        run.Server.Misbehave = async (_, context) =>
        {
            await VendorServer.QuoteAsync(context, StatusCodes.Status401Unauthorized);
            return true;
        };
        await using var check = new Checked(run.System, new FastTime(speed: 1));

        var report = await check.RunAsync();

        var problem = Assert.Single(report.Feeds).Problem!;
        Assert.Equal(("refused", "credentials_refused", 401), (report.Credentials, problem.Code, problem.Status));
        Assert.All(run.System.Settings.Where(setting => setting is { IsSecret: true, Otherwise: "required" }), setting => Assert.Contains($"Connectors__{system}__{setting.Name}", problem.Advice, StringComparison.Ordinal));
        var told = JsonSerializer.Serialize(report, PipelineJson.Report.CheckReport) + string.Join('\n', check.Logs.Lines);
        Assert.All(run.Fixture.Secrets.Concat(run.Server.Tokens), secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public void A_system_that_is_not_configured_lists_its_settings(string system)
    {
        var connector = ConnectorCatalog.Find().Single(found => found.System == system);

        var settings = SettingList.Of(connector);

        Assert.Contains(settings, setting => setting is { Otherwise: null, IsSecret: false } && setting.Name == $"Connectors__{system}__BaseUrl");
        Assert.Contains(settings, setting => setting is { Otherwise: null, IsSecret: true } && setting.File == $"{setting.Name}File");
        Assert.Contains(settings, setting => setting.Range == "00:00:00.1000000 to 1.00:00:00" && setting.Name == $"Connectors__{system}__PollInterval");
        Assert.All(settings, setting => Assert.NotEqual("", setting.Meaning));
    }
}
