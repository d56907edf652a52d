using System.Globalization;
using Microsoft.Extensions.Configuration;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>
/// How long a child waits for its account, by source and type: <c>Deadlines:&lt;source&gt;:&lt;type&gt;</c>, else
/// <c>Deadlines:&lt;source&gt;:default</c>, else <c>Deadlines:default</c>; a .NET time span from one second to ten years, such
/// as <c>7.00:00:00</c>. Fourteen days where nothing is said.
/// </summary>
public sealed class Deadlines(BySourceAndType<TimeSpan> settings)
{
    public static readonly TimeSpan Default = TimeSpan.FromDays(14);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public TimeSpan For(string source, string objectType) => settings.TryFind(source, objectType, out var patience) ? patience : Default;

    /// <exception cref="SettingsException">A deadline is no time span or out of range; the message names its path.</exception>
    public static Deadlines From(IConfiguration configuration) => new(BySourceAndType.From(configuration, "Deadlines", Read));

    private static TimeSpan Read(string path, string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= Shortest && span <= Longest ? span
            : throw new SettingsException($"{path} is not a time span between one second and ten years. Write 7.00:00:00 for seven days.");
}
