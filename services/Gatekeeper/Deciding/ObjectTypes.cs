namespace Pipeline.Gatekeeper.Deciding;

/// <summary>A list of object types in the configuration, with commas.</summary>
internal static class ObjectTypes
{
    /// <summary>The types at this path; null where nothing is said.</summary>
    public static IReadOnlySet<string>? At(IConfiguration configuration, string path) =>
        configuration[path]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
