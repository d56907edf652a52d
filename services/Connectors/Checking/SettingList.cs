using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking;

/// <summary>What a system can be told, as variables of the environment.</summary>
public static class SettingList
{
    /// <summary>The settings of a system that is not configured: it says them when it is described with none of them given.</summary>
    public static IReadOnlyList<SettingLine> Of(IConnector connector)
    {
        var none = new SystemSettings(new ConfigurationBuilder().Build().GetSection($"{ConfiguredSystem.Section}:{connector.System}"));
        _ = ConfiguredSystem.From(connector, none);
        return [.. none.Known.Select(setting => Line(connector.System, setting))];
    }

    public static string Variable(string system, string setting) => $"{ConfiguredSystem.Section}__{system}__{setting}";

    private static SettingLine Line(string system, Setting setting) => new(
        Variable(system, setting.Name), setting.Meaning, setting.Otherwise == "required" ? null : setting.Otherwise,
        setting.Range.Length > 0 ? setting.Range : null, setting.IsSecret, setting.IsSecret ? Variable(system, $"{setting.Name}File") : null);
}
