using Pipeline.Contracts;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>
/// In which order the claims of an object are tried, by source and type: <c>Claims:&lt;source&gt;:&lt;type&gt;</c>, else
/// <c>Claims:&lt;source&gt;:default</c>, else <c>Claims:default</c>; kinds of claim, such as <c>account_id, parent, email</c>.
/// Kinds that are not named are not tried. Where nothing is configured, the publisher's own order stands.
/// </summary>
public sealed class ClaimOrder(BySourceAndType<IReadOnlyList<ClaimKind>> settings)
{
    public static readonly ClaimOrder AsPublished = new(new BySourceAndType<IReadOnlyList<ClaimKind>>(new Dictionary<string, IReadOnlyList<ClaimKind>>()));

    /// <summary>The claims in the order in which they are tried.</summary>
    public IReadOnlyList<ClaimKey> Apply(string source, string objectType, IReadOnlyList<ClaimKey> claims) =>
        settings.TryFind(source, objectType, out var order) ? [.. order.SelectMany(kind => claims.Where(claim => claim.Kind == kind))] : claims;

    /// <summary>Whether claims of this kind are tried at all.</summary>
    public bool Tries(string source, string objectType, ClaimKind kind) => !settings.TryFind(source, objectType, out var order) || order.Contains(kind);

    /// <exception cref="SettingsException">A kind is unknown or named twice; the message names its path.</exception>
    public static ClaimOrder From(IConfiguration configuration) => new(BySourceAndType.From(configuration, "Claims", Read));

    private static IReadOnlyList<ClaimKind> Read(string path, string text)
    {
        var kinds = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Kind(path, name)).ToList();
        if (kinds.Count == 0) throw new SettingsException($"{path} names no kind of claim. Write {AllKinds}, or some of them.");
        if (kinds.Distinct().Count() < kinds.Count) throw new SettingsException($"{path} names a kind of claim twice.");
        return kinds;
    }

    private static ClaimKind Kind(string path, string name) =>
        ClaimNames.Find(name) ?? throw new SettingsException($"{path} names '{name}', which is no kind of claim. Write {AllKinds}, or some of them.");

    private static string AllKinds => string.Join(", ", Enum.GetValues<ClaimKind>().Select(ClaimNames.Of));
}
