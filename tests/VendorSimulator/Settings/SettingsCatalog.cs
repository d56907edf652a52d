using System.Globalization;
using System.Reflection;

namespace Pipeline.VendorSimulator.Settings;

/// <summary>All classes of settings, found by their mark, and all that can be done with them: bind, check, explain.</summary>
public static class SettingsCatalog
{
    /// <summary>One setting with its full configuration path.</summary>
    public sealed record Entry(string Path, SettingAttribute Setting, PropertyInfo Property, object? Default);

    private static readonly Type[] Types =
        [.. typeof(SettingsCatalog).Assembly.GetTypes().Where(type => type.IsDefined(typeof(SettingsAttribute))).OrderBy(Section, StringComparer.Ordinal)];

    public static IEnumerable<Entry> Entries => Types.SelectMany(Describe);

    /// <exception cref="SettingsException">A value is mistyped or out of its range.</exception>
    public static void AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var type in Types) services.AddSingleton(type, Read(type, configuration));
    }

    private static object Read(Type type, IConfiguration configuration)
    {
        var settings = Activator.CreateInstance(type)!;
        try
        {
            configuration.GetSection(Section(type)).Bind(settings);
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingsException($"{exception.Message} ({exception.InnerException?.Message})");
        }

        foreach (var entry in Describe(type)) Check(entry, entry.Property.GetValue(settings));
        return settings;
    }

    private static void Check(Entry entry, object? value)
    {
        if (value is string text && string.IsNullOrWhiteSpace(text)) throw new SettingsException($"{entry.Path} is empty.");
        if (!entry.Setting.HasRange) return;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (!(number >= entry.Setting.Minimum && number <= entry.Setting.Maximum))
            throw new SettingsException($"{entry.Path} is {number}, but may be {entry.Setting.Minimum} to {entry.Setting.Maximum}.");
    }

    private static string Section(Type type) => type.GetCustomAttribute<SettingsAttribute>()!.Section;

    private static IEnumerable<Entry> Describe(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
            if (property.GetCustomAttribute<SettingAttribute>() is { } setting)
                yield return new Entry($"{Section(type)}:{property.Name}", setting, property, property.GetValue(defaults));
    }
}
