using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Connectors;

/// <summary>
/// The settings of one system, <c>Connectors:{system}:…</c>, read by name with default, range and meaning. What is missing
/// or wrong is collected, so that one start shows every mistake, each with its configuration path and never with its value.
/// </summary>
public sealed partial class SystemSettings(IConfigurationSection section)
{
    private readonly List<string> _mistakes = [];
    private readonly List<Setting> _known = [];
    private readonly List<Secret> _secrets = [];

    /// <summary>The path of these settings in the configuration.</summary>
    public string Path => section.Path;

    /// <summary>Everything that was asked for so far: what this system can be told.</summary>
    public IReadOnlyList<Setting> Known => _known;

    /// <summary>Every secret that was handed out, so that it can be kept out of what is shown.</summary>
    public IReadOnlyList<Secret> Secrets => _secrets;

    /// <summary>What is missing or wrong so far, keys that nobody asked for among them.</summary>
    public IReadOnlyList<string> Mistakes => [.. _mistakes, .. Unknown()];

    /// <summary>A text; required where there is no default.</summary>
    public string Text(string name, string meaning, string? otherwise = null)
    {
        _known.Add(new Setting(name, meaning, otherwise ?? "required"));
        return Given(name) ?? otherwise ?? Missing(name, meaning);
    }

    /// <summary>A secret, given as it is or as the path of a file that holds it: <c>{name}</c>, <c>{name}File</c> or <c>{name}_FILE</c>.</summary>
    public Secret Secret(string name, string meaning)
    {
        _known.Add(new Setting(name, meaning, "required", IsSecret: true));
        return Kept(SecretText(name) ?? Missing(name, $"{meaning}; it may also be in a file named by {name}File"));
    }

    /// <summary>A secret that turns something on; null where it is not given.</summary>
    public Secret? OptionalSecret(string name, string meaning)
    {
        _known.Add(new Setting(name, meaning, "none", IsSecret: true));
        return SecretText(name) is { } text ? Kept(text) : null;
    }

    /// <summary>A whole number within a range.</summary>
    public int Whole(string name, string meaning, int otherwise, int least, int most)
    {
        _known.Add(new Setting(name, meaning, Invariant($"{otherwise}"), Invariant($"{least} to {most}")));
        if (Given(name) is not { } given) return otherwise;
        if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Wrong(name, Invariant($"is not a whole number from {least} to {most}"));
        return otherwise;
    }

    /// <summary>A span of time within a range, as in <c>00:05:00</c>.</summary>
    public TimeSpan Duration(string name, string meaning, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        _known.Add(new Setting(name, meaning, $"{otherwise:c}", $"{least:c} to {most:c}"));
        if (Given(name) is not { } given) return otherwise;
        if (TimeSpan.TryParseExact(given, "c", CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Wrong(name, $"is not a time from {least:c} to {most:c}, written as 00:05:00");
        return otherwise;
    }

    /// <summary>The name of a field of the system: letters, digits and underscores, for it may become part of a query.</summary>
    public string FieldName(string name, string meaning, string otherwise)
    {
        _known.Add(new Setting(name, meaning, otherwise));
        return Checked(name, Given(name) ?? otherwise);
    }

    /// <summary>Names of fields, as a list or as one text with commas.</summary>
    public IReadOnlyList<string> FieldNames(string name, string meaning, params string[] otherwise)
    {
        _known.Add(new Setting(name, meaning, string.Join(',', otherwise)));
        var listed = section.GetSection(name).GetChildren().Select(child => child.Value ?? "").ToArray();
        var names = listed.Length > 0 ? listed : Given(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? otherwise;
        return [.. names.Select(field => Checked(name, field))];
    }

    /// <summary>An address over http or https.</summary>
    public Uri Address(string name, string meaning)
    {
        _known.Add(new Setting(name, meaning, "required"));
        var given = Given(name) ?? Missing(name, meaning);
        if (Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "", UserInfo: "" }) return address;
        if (given.Length > 0) Wrong(name, "is not an address as https://company.example.com, without user, query or fragment");
        return new Uri("https://missing.invalid");
    }

    private string? SecretText(string name) => Given(name) ?? FromFile(name + "File") ?? FromFile(name + "_FILE");

    private Secret Kept(string text)
    {
        var secret = new Secret(text);
        _secrets.Add(secret);
        return secret;
    }

    private string? Given(string name) => section[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private string? FromFile(string name)
    {
        if (Given(name) is not { } path) return null;
        try
        {
            if (File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } text) return text;
            Wrong(name, "names a file that is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Wrong(name, "names a file that cannot be read");
        }

        return "";
    }

    private string Checked(string name, string field)
    {
        if (!FieldNamePattern().IsMatch(field)) Wrong(name, "holds a name that is not letters, digits and underscores");
        return field;
    }

    private string Missing(string name, string meaning)
    {
        Wrong(name, $"is missing: {meaning}");
        return "";
    }

    private void Wrong(string name, string how) => _mistakes.Add($"{section.Path}:{name} {how}.");

    /// <summary>A key that is misspelt would otherwise be ignored in silence.</summary>
    private IEnumerable<string> Unknown() => section.GetChildren()
        .Select(child => child.Key)
        .Where(key => !_known.Any(setting => setting.Answers(key)))
        .Select(key => $"{section.Path}:{key} is not a setting of this system; it knows {string.Join(", ", _known.Select(setting => setting.Name))}.");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,99}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldNamePattern();
}
