using Microsoft.Extensions.Configuration;

namespace Pipeline.Hosting;

/// <summary>
/// A setting that may differ by source and object type: <c>SECTION:&lt;source&gt;:&lt;type&gt;</c>, else
/// <c>SECTION:&lt;source&gt;:default</c>, else <c>SECTION:default</c>. Names are compared without regard to case, as configuration does.
/// </summary>
public sealed class BySourceAndType<T>(IReadOnlyDictionary<string, T> byPath)
{
    /// <summary>The setting that applies; false where nothing is said.</summary>
    public bool TryFind(string source, string objectType, out T setting) =>
        byPath.TryGetValue($"{source}:{objectType}", out setting!) || byPath.TryGetValue($"{source}:default", out setting!) || byPath.TryGetValue("default", out setting!);
}

/// <summary>Reads such settings.</summary>
public static class BySourceAndType
{
    /// <param name="read">Reads a value, given its whole path for what it says of a mistake.</param>
    public static BySourceAndType<T> From<T>(IConfiguration configuration, string section, Func<string, string, T> read) => new(
        configuration.GetSection(section).AsEnumerable(makePathsRelative: true).Where(entry => entry.Value is not null)
            .ToDictionary(entry => entry.Key, entry => read($"{section}:{entry.Key}", entry.Value!), StringComparer.OrdinalIgnoreCase));
}
