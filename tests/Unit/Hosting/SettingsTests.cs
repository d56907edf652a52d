using Microsoft.Extensions.Configuration;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Rules.Changing;

namespace Pipeline.Unit.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly (string, string)[] Good = [("PIPELINE_RABBITMQ", "amqp://u:geheim@host/"), ("PIPELINE_POSTGRES", "Host=h;Password=geheim")];

    [Fact]
    public void Addresses_are_taken_as_they_are_and_telemetry_is_off_unless_asked_for()
    {
        var settings = Settings.From(Configuration(Good));
        Assert.Equal("host", settings.Broker.Host);
        Assert.Null(settings.Otlp);
        Assert.Null(settings.OperationsKey);
    }

    [Theory]
    [InlineData("PIPELINE_RABBITMQ", null)]
    [InlineData("PIPELINE_RABBITMQ", "http://geheim@host")]
    [InlineData("PIPELINE_RABBITMQ_NODES", "geheim@other:5672")]
    [InlineData("PIPELINE_RABBITMQ_NODES", "amqp://geheim:5672")]
    [InlineData("PIPELINE_RABBITMQ_NODES", "other:geheim")]
    [InlineData("PIPELINE_RABBITMQ_NODES", "other/geheim")]
    [InlineData("PIPELINE_POSTGRES", "")]
    [InlineData("PIPELINE_POSTGRES", "Pasword=geheim")]
    [InlineData("PIPELINE_OTLP", "geheim:4317")]
    public void A_mistake_names_the_setting_and_never_its_value(string name, string? value)
    {
        var mistake = Assert.Throws<SettingsException>(() => Settings.From(Configuration([.. Good, (name, value!)])));
        Assert.Contains(name, mistake.Message);
        Assert.DoesNotContain("geheim", mistake.Message);
    }

    [Theory]
    [InlineData("amqp://u@host/", null, "host:5672")]
    [InlineData("amqp://u@host:15672/", " second , [::1]:5672,", "host:15672, second:15672, [::1]:5672")]
    [InlineData("amqps://u@host/", "second,third:5672", "host:5671, second:5671, third:5672")]
    public void A_cluster_is_reached_by_any_of_its_nodes(string broker, string? further, string nodes) =>
        Assert.Equal(nodes, string.Join(", ", Settings.From(Configuration(("PIPELINE_POSTGRES", "Host=h"), ("PIPELINE_RABBITMQ", broker), ("PIPELINE_RABBITMQ_NODES", further!))).Nodes));

    [Theory]
    [InlineData("http://host:4318", null, true)]
    [InlineData("http://host:4317", null, false)]
    [InlineData("http://host:4317", "http/protobuf", true)]
    public void Otlp_is_spoken_over_http_where_the_port_or_the_protocol_says_so(string collector, string? protocol, bool http) =>
        Assert.Equal(http, Settings.From(Configuration([.. Good, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol!)])).OtlpOverHttp);

    [Fact]
    public void A_deadline_is_by_type_then_by_source_then_by_default()
    {
        var deadlines = Deadlines.From(Configuration(("Deadlines:default", "3.00:00:00"), ("Deadlines:desk:default", "2.00:00:00"), ("Deadlines:desk:ticket", "1.00:00:00")));
        Assert.Equal([1, 2, 3], new[] { deadlines.For("desk", "ticket"), deadlines.For("desk", "user"), deadlines.For("portal", "ticket") }.Select(span => span.TotalDays));
        Assert.Equal(Deadlines.Default, Deadlines.From(Configuration()).For("desk", "ticket"));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("00:00:00.5")]
    [InlineData("-1.00:00:00")]
    public void A_deadline_that_is_none_is_refused_by_its_path(string value) =>
        Assert.StartsWith("Deadlines:desk:ticket ", Assert.Throws<SettingsException>(() => Deadlines.From(Configuration(("Deadlines:desk:ticket", value)))).Message);

    [Fact]
    public void A_rules_file_is_refused_with_every_mistake_its_line_and_its_path()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "rules.yaml");
        File.WriteAllText(file, "system_of_record: crm\nfilter:\n  field: Type\npaths:\n  - where: { field: status, equal: Active }\n");
        var message = Assert.Throws<SettingsException>(() => RulesSetting.From(Configuration(("Rules:File", file)))).Message;
        Assert.Contains(file, message);
        Assert.Contains("line 3, filter: ", message);
        Assert.Contains("line 5, paths[0].system: ", message);
        Assert.Contains("line 5, paths[0].where.equal: ", message);
    }

    [Fact]
    public void A_rules_file_that_is_not_there_is_named() =>
        Assert.Contains("/nowhere/rules.yaml", Assert.Throws<SettingsException>(() => RulesSetting.From(Configuration(("Rules:File", "/nowhere/rules.yaml")))).Message);

    [Fact]
    public void Rules_in_the_environment_are_told_where_they_belong() =>
        Assert.Contains("Rules:File", Assert.Throws<SettingsException>(() => RulesSetting.From(Configuration(("Rules:SystemOfRecord", "crm")))).Message);

    private static IConfiguration Configuration(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (name, value) in settings) all[name] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
