using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Hosting;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class SettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Connectors:salesforce:BaseUrl"] = "https://company.my.salesforce.com",
        ["Connectors:salesforce:ClientId"] = "client",
        ["Connectors:salesforce:ClientSecret"] = "secret",
    };

    [Fact]
    public void A_system_without_configuration_does_not_run() => Assert.Equal("salesforce", Assert.Single(Configured()).Name);

    [Fact]
    public void No_configuration_runs_nothing() => Assert.Empty(ConfiguredSystem.From(new ConfigurationBuilder().Build(), ConnectorCatalog.Find()));

    [Fact]
    public void Every_mistake_is_named_at_once_by_its_path_and_without_its_value()
    {
        var mistakes = Mistakes(("BaseUrl", "ftp://user:hidden@host"), ("ClientSecret", " "), ("PageSize", "9999999999"), ("Lag", "five minutes"), ("AccountIdField", "Id FROM User--"));
        Assert.Equal(
            [
                "Connectors:salesforce:BaseUrl is not an address as https://company.example.com, without user, query or fragment.",
                "Connectors:salesforce:ClientSecret is missing: of the connected app; it may also be in a file named by ClientSecretFile.",
                "Connectors:salesforce:AccountIdField holds a name that is not letters, digits and underscores.",
                "Connectors:salesforce:PageSize is not a whole number from 200 to 2000.",
                "Connectors:salesforce:Lag is not a time from 00:00:00 to 01:00:00, written as 00:05:00.",
            ], mistakes);
    }

    [Theory]
    [InlineData("ClientSecretFile")]
    [InlineData("ClientSecret_FILE")]
    public void A_secret_may_be_in_a_file(string name)
    {
        File.WriteAllText(_file, "from the file\n");
        var system = Assert.Single(Configured(("ClientSecret", null), (name, _file)));
        Assert.Equal("from the file", Assert.Single(system.Secrets).Reveal());
    }

    [Fact]
    public void A_secret_file_that_cannot_be_read_or_is_empty_is_a_mistake()
    {
        Assert.Equal("Connectors:salesforce:ClientSecretFile names a file that is empty.", Assert.Single(Mistakes(("ClientSecret", null), ("ClientSecretFile", _file))));
        Assert.Equal("Connectors:salesforce:ClientSecretFile names a file that cannot be read.", Assert.Single(Mistakes(("ClientSecret", null), ("ClientSecretFile", "/no/such/file"))));
    }

    [Fact]
    public void A_misspelt_setting_and_an_unknown_system_are_mistakes()
    {
        Assert.StartsWith("Connectors:salesforce:PollIntervall is not a setting of this system; it knows BaseUrl, PollInterval,", Assert.Single(Mistakes(("PollIntervall", "00:01:00"))), StringComparison.Ordinal);
        var unknown = Assert.Throws<SettingsException>(() => Configured(("../salesfarce:BaseUrl", "https://x.example")));
        Assert.Matches("^Connectors:salesfarce names no system; there are .*salesforce,", unknown.Message);
    }

    [Fact]
    public void How_many_requests_are_made_at_once_and_what_is_left_of_the_limit_can_be_set()
    {
        var system = Assert.Single(Configured());
        Assert.Equal((4, 10), (system.Concurrency, system.LimitReserve));
        system = Assert.Single(Configured(("Concurrency", "32"), ("LimitReserve", "0")));
        Assert.Equal((32, 0), (system.Concurrency, system.LimitReserve));
        Assert.Equal(
            ["Connectors:salesforce:LimitReserve is not a whole number from 0 to 90.", "Connectors:salesforce:Concurrency is not a whole number from 1 to 32."],
            Mistakes(("Concurrency", "0"), ("LimitReserve", "91")));
    }

    [Fact]
    public void A_system_that_allows_another_number_of_requests_at_once_says_so_itself()
    {
        var connector = ConnectorCatalog.Find().Single(found => found.System == "xero");
        Assert.Equal(5, ConfiguredSystem.From(connector, new SystemSettings(new ConfigurationBuilder().Build().GetSection("Connectors:xero"))).Concurrency);
    }

    [Fact]
    public void Environment_variables_name_settings_in_any_case()
    {
        Environment.SetEnvironmentVariable("PIPELINE_TEST_Connectors__SALESFORCE__pollinterval", "00:00:07");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Good).AddEnvironmentVariables("PIPELINE_TEST_").Build();
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(ConfiguredSystem.From(configuration, ConnectorCatalog.Find())).PollInterval);
    }

    [Fact]
    public void Fields_may_be_a_list_or_one_text()
    {
        Assert.Contains("Type%2C%20Industry%20FROM", Query(("Fields", "Type, Industry")), StringComparison.Ordinal);
        Assert.Contains("Type%2C%20Industry%20FROM", Query(("Fields:0", "Type"), ("Fields:1", "Industry")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_does_not_print_itself()
    {
        var system = Assert.Single(Configured());
        Assert.DoesNotContain("secret,", $"{system} {system.System} {system.System.Authentication}", StringComparison.Ordinal);
        Assert.Contains("***", system.System.Authentication.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private static string Query(params (string Name, string? Value)[] changes) =>
        Assert.Single(Configured(changes)).System.Feeds[0].First(new Start(null, TimeSpan.Zero, DateTimeOffset.UnixEpoch)).Path;

    private static string[] Mistakes(params (string Name, string? Value)[] changes) =>
        Assert.Throws<SettingsException>(() => Configured(changes)).Message.Split(Environment.NewLine);

    private static IReadOnlyList<ConfiguredSystem> Configured(params (string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(Good);
        foreach (var (name, value) in changes)
        {
            var path = name.StartsWith("../", StringComparison.Ordinal) ? $"Connectors:{name[3..]}" : $"Connectors:salesforce:{name}";
            if (value is null) settings.Remove(path);
            else settings[path] = value;
        }

        return ConfiguredSystem.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), ConnectorCatalog.Find());
    }
}
