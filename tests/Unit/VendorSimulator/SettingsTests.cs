using Pipeline.VendorSimulator;
using Pipeline.VendorSimulator.Settings;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("--Simulator:Zendesk:PageSize=0", "Simulator:Zendesk:PageSize is 0, but may be 1 to 1000.")]
    [InlineData("--Simulator:Faults:Cut=1.5", "Simulator:Faults:Cut is 1.5, but may be 0 to 1.")]
    [InlineData("--Simulator:Seed=many", "Simulator:Seed")]
    [InlineData("--Simulator:Salesforce:ClientId=", "Simulator:Salesforce:ClientId is empty.")]
    [InlineData("--Simulator:Publish=true", "PIPELINE_RABBITMQ")]
    public void A_setting_out_of_its_range_stops_the_start_by_its_name(string argument, string message)
    {
        var exception = Assert.Throws<SettingsException>(() => Simulator.Build([argument, "--PIPELINE_RABBITMQ="]));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broker_address_that_is_none_stops_the_start_and_is_not_repeated()
    {
        var exception = Assert.Throws<SettingsException>(() => Simulator.Build(["--Simulator:Publish=true", "--PIPELINE_RABBITMQ=http://user:secret@host"]));
        Assert.Contains("PIPELINE_RABBITMQ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_explains_every_setting()
    {
        var help = HelpText.Write();
        Assert.All(SettingsCatalog.Entries, entry => Assert.Contains($"{entry.Path} = ", help, StringComparison.Ordinal));
        Assert.True(SettingsCatalog.Entries.Count() > 20);
    }
}
