namespace Pipeline.Cli.Office;

/// <summary>Where the parts are, as the environment says. The script <c>./pipeline</c> fills it from <c>.run/env</c>.</summary>
public static class Addresses
{
    public const string Office = "PIPELINE_DEAD_LETTERS_URL";
    public const string Key = "PIPELINE_KEY";
    public const string Simulator = "PIPELINE_SIMULATOR_URL";

    /// <exception cref="MissingVariableException">It is not set, or is not an http address.</exception>
    public static Uri Of(string name, Func<string, string?> variable) =>
        Uri.TryCreate(Required(name, variable).TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new MissingVariableException($"{name} is not an http address. Write http://host:port.");

    /// <exception cref="MissingVariableException">It is not set.</exception>
    public static string Required(string name, Func<string, string?> variable) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value
            : throw new MissingVariableException($"{name} is not set. {(name == Simulator ? "`make demo`" : "`make up`")} starts the pipeline and writes it to .run/env, which ./pipeline reads; for a pipeline elsewhere set it yourself.");
}

/// <summary>A variable is missing or malformed; the message names it and says what to do, and never holds its value.</summary>
public sealed class MissingVariableException(string message) : Exception(message);
