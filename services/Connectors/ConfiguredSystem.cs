using Pipeline.Hosting;

namespace Pipeline.Connectors;

/// <summary>A system that the configuration names, with everything that the engine needs to read it.</summary>
/// <param name="Address">What paths are below.</param>
/// <param name="PollInterval">From the end of a pass to the start of the next.</param>
/// <param name="RequestTimeout">For one attempt.</param>
/// <param name="LimitPause">After an answer that says "too many requests" and not for how long.</param>
/// <param name="Secrets">To be kept out of all that is shown.</param>
public sealed record ConfiguredSystem(
    string Name, Uri Address, SourceSystem System, TimeSpan PollInterval, TimeSpan RequestTimeout, TimeSpan LimitPause, IReadOnlyList<Secret> Secrets)
{
    /// <summary>Percent of a limit that is left to other users of the same key, where the system tells the limit; 0 to 90.</summary>
    public int LimitReserve { get; init; } = 10;

    /// <summary>The most requests to be under way at once, of all feeds together; 1 to 32.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The section of the configuration that names the systems to read.</summary>
    public const string Section = "Connectors";

    /// <summary>What it can be told, whether it was or not.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The systems that the configuration names; one without configuration does not run.</summary>
    /// <exception cref="SettingsException">A setting is missing or wrong, or a section names no system that there is.</exception>
    public static IReadOnlyList<ConfiguredSystem> From(IConfiguration configuration, IReadOnlyList<IConnector> connectors)
    {
        var mistakes = new List<string>();
        var systems = new List<ConfiguredSystem>();
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var connector = connectors.FirstOrDefault(candidate => candidate.System.Equals(section.Key, StringComparison.OrdinalIgnoreCase));
            if (connector is null)
            {
                mistakes.Add($"{section.Path} names no system; there are {string.Join(", ", connectors.Select(known => known.System))}.");
                continue;
            }

            var settings = new SystemSettings(section);
            systems.Add(From(connector, settings));
            mistakes.AddRange(settings.Mistakes);
        }

        return mistakes.Count == 0 ? systems : throw new SettingsException(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>One system under its settings, whose mistakes are left in <paramref name="settings"/>.</summary>
    public static ConfiguredSystem From(IConnector connector, SystemSettings settings)
    {
        var address = settings.Address("BaseUrl", "the address of the system");
        var interval = settings.Duration("PollInterval", "from the end of a pass to the next", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        var timeout = settings.Duration("RequestTimeout", "for one attempt", TimeSpan.FromSeconds(100), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        var pause = settings.Duration("LimitPause", "after an answer that says \"too many requests\" and not for how long", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        var reserve = settings.Whole("LimitReserve", "percent of the system's limit that is left to other users of the same key", 10, 0, 90);
        var system = connector.Describe(settings);
        var concurrency = settings.Whole("Concurrency", "the most requests to be under way at once", system.Concurrency, 1, 32);
        return new ConfiguredSystem(connector.System, address, system, interval, timeout, pause, settings.Secrets) { LimitReserve = reserve, Concurrency = concurrency, Settings = settings.Known };
    }
}
