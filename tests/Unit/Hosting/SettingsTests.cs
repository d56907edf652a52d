using Microsoft.Extensions.Configuration;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Rules;

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

    [Theory]
    [InlineData("Rules:SystemOfRecord", "", "Rules:SystemOfRecord")]
    [InlineData("Rules:Filters:0:Field", "Type", "Rules:Filters:0")]
    [InlineData("Rules:Paths:0:Where:0:Field", "status", "Rules:Paths:0:System")]
    public void A_rule_that_is_incomplete_is_refused_by_its_path(string name, string value, string path) =>
        Assert.Contains(path, Assert.Throws<SettingsException>(() => AdmissionRules.From(Configuration([("Rules:SystemOfRecord", "crm"), (name, value)]))).Message);

    private static IConfiguration Configuration(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (name, value) in settings) all[name] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
