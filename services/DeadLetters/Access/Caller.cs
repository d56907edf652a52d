using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Pipeline.DeadLetters.Search;
using Pipeline.Hosting;

namespace Pipeline.DeadLetters.Access;

/// <summary>What somebody may do. Each role may do what those before it may.</summary>
public enum Role
{
    /// <summary>Sees everything but what personal data says.</summary>
    Reader,

    /// <summary>Sees bodies as they are; replays, edits, discards, restores, triages and corrects.</summary>
    Operator,

    /// <summary>Changes the rules.</summary>
    Admin,
}

/// <summary>Who asks.</summary>
/// <param name="Name">As they say it where they have a key, which has no name of its own; as the identity provider says it else.</param>
/// <param name="Sources">The only sources that the role is for; null for all.</param>
public sealed record Caller(string Name, Role Role, IReadOnlyList<string>? Sources = null)
{
    private const string RoleClaim = "role";
    private const string SourceClaim = "source";

    public const string NameHeader = "X-Pipeline-Actor";
    private const int LongestName = 100;

    public string RoleName => Role.ToString().ToLowerInvariant();

    /// <summary>Whether the identity provider vouches for the name.</summary>
    public bool IsProven { get; init; }

    /// <summary>Bodies and emails are for those who repair, not for all who look.</summary>
    public bool SeesPersonalData => Role >= Role.Operator;

    public static Caller Of(HttpContext context) => (Caller)context.Items[typeof(Caller)]!;

    /// <summary>Somebody who has signed in to the page.</summary>
    public static Caller Of(ClaimsPrincipal user)
    {
        var sources = user.FindAll(SourceClaim).Select(claim => claim.Value).ToArray();
        return new(user.Identity?.Name ?? "somebody", Enum.TryParse<Role>(user.FindFirst(RoleClaim)?.Value, ignoreCase: true, out var role) ? role : Role.Reader, sources.Length == 0 ? null : sources);
    }

    /// <summary>What a session keeps of somebody.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.Name, Name), new(RoleClaim, RoleName), .. (Sources ?? []).Select(source => new Claim(SourceClaim, source))], scheme));

    /// <summary>The name that stands under what they order: their own where it is proven, else the one that they give.</summary>
    public string Signing(string? stated) => IsProven ? Name : stated ?? "";

    /// <summary>Whether what is of this source is theirs to see; what is of no known source is for those who see all.</summary>
    public bool Sees(string? source) => Sources is null || (source is not null && Sources.Contains(source, StringComparer.Ordinal));

    /// <summary>The same, of what they may see.</summary>
    public Criterion Within(Criterion criterion) => criterion.Of(Sources);

    /// <summary>A name as it is noted: in one line, and not too long.</summary>
    public static string Cleaned(string name) => new string([.. name.Where(sign => !char.IsControl(sign)).Take(LongestName)]).Trim();

    /// <summary>The caller of a request, or null where it has no key of ours.</summary>
    public static Caller? Find(HttpContext context, Keys keys)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || keys.RoleOf(header[7..]) is not { } role) return null;
        var name = Cleaned(context.Request.Headers[NameHeader].ToString());
        return new Caller(name.Length > 0 ? name : $"{role.ToString().ToLowerInvariant()} key", role);
    }
}

/// <summary>
/// The keys of this office: PIPELINE_KEY for admins, which the services share; PIPELINE_OPERATOR_KEY and PIPELINE_READER_KEY for those
/// who may do less. A role without a key has nobody.
/// </summary>
public sealed class Keys(Settings settings, IConfiguration configuration)
{
    private readonly (Role Role, byte[] Hash)[] _known = [.. Given(
        (Role.Admin, settings.OperationsKey), (Role.Operator, configuration["PIPELINE_OPERATOR_KEY"]), (Role.Reader, configuration["PIPELINE_READER_KEY"]))];

    public bool AreNone => _known.Length == 0;

    /// <summary>Every key is compared, each in constant time, so that none can be guessed piece by piece.</summary>
    public Role? RoleOf(string key)
    {
        var (hash, found) = (Hash(key), (Role?)null);
        foreach (var (role, known) in _known)
            if (CryptographicOperations.FixedTimeEquals(hash, known) && (found is null || role > found)) found = role;
        return found;
    }

    private static IEnumerable<(Role, byte[])> Given(params (Role Role, string? Key)[] keys) => keys.Where(entry => !string.IsNullOrWhiteSpace(entry.Key)).Select(entry => (entry.Role, Hash(entry.Key!)));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
