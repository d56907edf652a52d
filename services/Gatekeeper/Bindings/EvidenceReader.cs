using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>Turns what connectors and the system of record publish into evidence. Pure.</summary>
public static class EvidenceReader
{
    /// <summary>What the user table is called where sources are counted and corrected.</summary>
    public const string UserTable = "user-table";

    public static Read<Evidence> Read(Delivery delivery) => delivery.Exchange switch
    {
        Exchanges.AccountDiscovered => MessageReader.AccountDiscovered(delivery.Body).Succeeded(out var record, out var refusal) ? Of(record, delivery) : refusal,
        Exchanges.AccountAdmitted => MessageReader.AccountAdmitted(delivery.Body).Succeeded(out var said, out var refusal)
            ? Of(new AccountStanding(said.AccountId, Standing.Admitted, said.Revision, said.Source, said.NativeId, said.Name), said.Links.Append(new Link(said.Source, said.NativeId)), delivery)
            : refusal,
        Exchanges.AccountRefused => MessageReader.AccountRefused(delivery.Body).Succeeded(out var said, out var refusal)
            ? Of(new AccountStanding(said.AccountId, Standing.Refused, said.Revision, said.Source, null, null), [], delivery)
            : refusal,
        Exchanges.AccountWithdrawn => MessageReader.AccountWithdrawn(delivery.Body).Succeeded(out var said, out var refusal)
            ? Of(new AccountStanding(said.AccountId, Standing.Withdrawn, said.Revision, said.Source, null, null), [], delivery)
            : refusal,
        _ => new Refusal(Reason.MessageInvalid, $"Nothing is known to come by the exchange '{delivery.Exchange}'."),
    };

    /// <summary>A record that carries a usable account_id binds its own native id, its emails and its support id. A deleted one binds nothing.</summary>
    private static Evidence Of(AccountDiscovered record, Delivery delivery)
    {
        var bindings = record.AccountId.Value is { } account && !record.Deleted ? Keys(record).Select(key => new Binding(key, account)).DistinctBy(binding => binding.Key.Id).ToArray() : [];
        return new Evidence(StableId.Of("record", record.Source, record.NativeId), Microseconds(record.ObservedAt), StableId.Of(delivery.Body.Span), record.Source, bindings, null, delivery.TraceParent);
    }

    private static IEnumerable<ClaimKey> Keys(AccountDiscovered record)
    {
        yield return ClaimKey.Parent(record.Source, record.NativeId);
        foreach (var email in record.Emails) yield return ClaimKey.Email(email);
        if (record.AccountSupportId is { } support) yield return new ClaimKey(ClaimKind.AccountSupportId, "", support);
    }

    /// <summary>A row of the user table; all of them are one origin, of different times.</summary>
    public static Read<UserStatement> ReadUser(Delivery delivery)
    {
        if (!MessageReader.UserMapped(delivery.Body).Succeeded(out var user, out var refusal)) return refusal;
        var link = new UserLink(StableId.Of("user", user.UserId), IsOfTable: true, user.ObservedAt, new StatedAccount(user.AccountId, UserTable));
        return new UserStatement(new ClaimKey(ClaimKind.UserId, "", user.UserId), link, StableId.Of(delivery.Body.Span), delivery.TraceParent);
    }

    /// <summary>A decision on an account also binds the account's ids in other systems.</summary>
    private static Evidence Of(AccountStanding standing, IEnumerable<Link> links, Delivery delivery) =>
        new(StableId.Of("account", standing.Account.Text), standing.Revision, default, "",
            [.. links.Distinct().Select(link => new Binding(ClaimKey.Parent(link.System, link.NativeId), standing.Account))], standing, delivery.TraceParent);

    private static long Microseconds(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond;
}
