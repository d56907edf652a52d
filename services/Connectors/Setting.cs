namespace Pipeline.Connectors;

/// <summary>A setting that a system knows.</summary>
/// <param name="Name">Below the system's path.</param>
/// <param name="Otherwise">Its default, or "required".</param>
/// <param name="Range">Where it has one.</param>
public sealed record Setting(string Name, string Meaning, string Otherwise, string Range = "", bool IsSecret = false)
{
    /// <summary>Whether a key of the configuration is this setting.</summary>
    internal bool Answers(string key) =>
        key.Equals(Name, StringComparison.OrdinalIgnoreCase)
        || (IsSecret && (key.Equals(Name + "File", StringComparison.OrdinalIgnoreCase) || key.Equals(Name + "_FILE", StringComparison.OrdinalIgnoreCase)));
}
