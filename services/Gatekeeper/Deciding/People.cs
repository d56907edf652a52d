using Pipeline.Contracts;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>
/// Which objects are people: their emails and user ids lead others to their account. <c>People:Types</c> names their object
/// types, with commas; contact, account_user, user and person where nothing is said.
/// </summary>
public sealed class People(IReadOnlySet<string> types)
{
    public static readonly People Default = new(new HashSet<string>(["contact", "account_user", "user", "person"], StringComparer.Ordinal));

    public bool Include(string objectType) => types.Contains(objectType);

    public static People From(IConfiguration configuration) => ObjectTypes.At(configuration, "People:Types") is { } types ? new People(types) : Default;

    /// <summary>
    /// The emails of a person who is in. Only of one who got in by an account_id, a parent or a support id: what rests on an email
    /// or a user must not answer for another, or two could hold each other up when all else is gone.
    /// </summary>
    public IEnumerable<ClaimKey> EmailsOf(Child person) =>
        !Include(person.ObjectType) || person.Deleted || person.Claims is [] or [{ Kind: ClaimKind.Email or ClaimKind.UserId }, ..]
            ? []
            : person.AllClaims.Where(claim => claim.Kind == ClaimKind.Email).Distinct();

    /// <summary>The users whom a person says to be, where it carries an account_id as well.</summary>
    public IEnumerable<(ClaimKey User, UserLink Link)> LinksOf(Child person)
    {
        if (!Include(person.ObjectType) || person.AllClaims.FirstOrDefault(claim => claim.Kind == ClaimKind.AccountId) is not { Value: { } account }) return [];
        var link = new UserLink(person.ObjectKey, IsOfTable: false, person.Version.ObservedAt, person.Deleted ? null : new StatedAccount(AccountId.Of(account), person.Source));
        return person.AllClaims.Where(claim => claim.Kind == ClaimKind.UserId).Distinct().Select(user => (user, link));
    }
}
