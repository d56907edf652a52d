using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>The rules file of the configuration, <c>Rules:File</c>. It says who is let in until a person applies other rules.</summary>
/// <param name="Path">Null where none is named: the database has rules already.</param>
public sealed record RulesSetting(string? Path, string? Yaml)
{
    /// <exception cref="SettingsException">The file cannot be read, or has mistakes; each is told with its line.</exception>
    public static RulesSetting From(IConfiguration configuration)
    {
        if (configuration["Rules:SystemOfRecord"] is not null)
            throw new SettingsException("Rules:SystemOfRecord is not read any more: rules are in a file now, named by Rules:File. docs/rules.md shows one.");
        if (configuration["Rules:File"] is not { } named || string.IsNullOrWhiteSpace(named)) return new(null, null);
        var path = System.IO.Path.GetFullPath(named);
        var yaml = Text(path);
        return RulesFile.Read(yaml) is { Mistakes: { Count: > 0 } mistakes }
            ? throw new SettingsException($"Rules:File: {path} cannot be used:\n  {string.Join("\n  ", mistakes)}")
            : new(path, yaml);
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Rules:File cannot be read: {failure.Message}");
        }
    }
}
