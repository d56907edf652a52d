using Pipeline.Hosting;

namespace Pipeline.DeadLetters.Access;

/// <summary>
/// What somebody may do who signs in with an identity provider: <c>OpenIdConnect:Grants</c>, entries divided by semicolons, each
/// <c>value=role</c> or <c>value=role:source,source</c>, where the value is one of those in the claim that <c>OpenIdConnect:Claim</c> names.
/// Pure.
/// </summary>
public sealed class Grants
{
    private readonly IReadOnlyList<Grant> _all;

    private Grants(IReadOnlyList<Grant> all) => _all = all;

    /// <exception cref="SettingsException">It cannot be read; the message says what to write.</exception>
    public static Grants Read(string? text)
    {
        var grants = (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(One).ToList();
        return grants.Count > 0 ? new(grants) : throw new SettingsException("OpenIdConnect:Grants gives nobody a role. Write for instance office-admins=admin; help-desk=operator:desk,portal; everybody=reader.");
    }

    /// <summary>Of several grants the highest role counts, for the sources of all that give it.</summary>
    /// <param name="values">What the identity provider says of the person.</param>
    /// <returns>Null where nothing is granted.</returns>
    public Caller? For(string name, IEnumerable<string> values)
    {
        var given = values.ToHashSet(StringComparer.Ordinal);
        var highest = _all.Where(grant => given.Contains(grant.Value)).GroupBy(grant => grant.Role).MaxBy(grants => grants.Key);
        if (highest is null) return null;
        return new Caller(name, highest.Key, highest.Any(grant => grant.Sources is null) ? null : [.. highest.SelectMany(grant => grant.Sources!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]) { IsProven = true };
    }

    private static Grant One(string entry)
    {
        if (entry.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } value, { Length: > 0 } rest]) throw Wrong(entry);
        var parts = rest.Split(':', 2, StringSplitOptions.TrimEntries);
        if (!Enum.TryParse<Role>(parts[0], ignoreCase: true, out var role) || !Enum.IsDefined(role) || char.IsDigit(parts[0][0])) throw Wrong(entry);
        if (parts.Length == 1) return new(value, role, null);
        var sources = parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return sources.Length > 0 ? new(value, role, sources) : throw Wrong(entry);
    }

    private static SettingsException Wrong(string entry) => new($"OpenIdConnect:Grants cannot be read at '{entry}'. Write value=reader, value=operator or value=admin, and after a colon the sources that it is for: help-desk=operator:desk,portal.");

    private sealed record Grant(string Value, Role Role, IReadOnlyList<string>? Sources);
}
