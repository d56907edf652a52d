using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Gatekeeper.Events;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>A child object as the gatekeeper sees it: who it is, which version, and whose it says it is.</summary>
public sealed record Child
{
    public required string Source { get; init; }

    public required string ObjectType { get; init; }

    public required string NativeId { get; init; }

    public required ObjectVersion Version { get; init; }

    /// <summary>The keys that are tried, in their order; the first one decides.</summary>
    public required IReadOnlyList<ClaimKey> Claims { get; init; }

    /// <summary>All keys that it names, in the publisher's order.</summary>
    public required IReadOnlyList<ClaimKey> AllClaims { get; init; }

    /// <summary>What versions of one object are told apart by, where they say differently whose it is.</summary>
    public Guid ClaimId => Claims.Count > 0 ? Claims[0].Id : Guid.Empty;

    /// <summary>Set where what it gives as its account_id is not one.</summary>
    public Refusal? NotAnAccountId { get; init; }

    public bool Deleted { get; init; }

    /// <summary>Whether it is a usage event: of one moment, never changed, and kept by time.</summary>
    public bool IsEvent { get; init; }

    /// <summary>The message as it came.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? MessageId { get; init; }

    internal string NothingToDecideBy => AllClaims.Count == 0
        ? "The message carries no claim."
        : $"The message carries claims by {string.Join(", ", AllClaims.Select(claim => ClaimNames.Of(claim.Kind)).Distinct())}, and the configured order names none of these.";

    public string? TraceParent { get; init; }

    /// <summary>Set where the office replays it from the dead: then it may wait anew.</summary>
    public Replay? Replay { get; init; }

    /// <summary>What tables know the object by.</summary>
    public Guid ObjectKey { get; private init; }

    /// <summary>The id that this version has among the dead, should it get there.</summary>
    public Guid DeadLetterId { get; private init; }

    /// <summary>Reads a body, or says why it cannot be used.</summary>
    /// <param name="kinds">Which objects are usage events, and which of their claims are tried.</param>
    public static Read<Child> Read(ReadOnlyMemory<byte> body, string? messageId, string? traceParent, ChildKinds kinds)
    {
        if (!MessageReader.ChildObjectWithoutData(body).Succeeded(out var message, out var refusal)) return refusal;
        var version = new ObjectVersion(message.ObservedAt, StableId.Of(body.Span));
        var isEvent = kinds.Events.Include(message.ObjectType);
        var claims = Claimed(message).ToArray();
        var key = KeyOf(message.Source, message.ObjectType, message.NativeId, isEvent ? message.ObservedAt : null);
        return new Child
        {
            ObjectKey = key,
            DeadLetterId = StableId.Of(key.ToString(), version.ObservedAt.UtcTicks.ToString(), version.Tie.ToString()),
            Source = message.Source,
            ObjectType = message.ObjectType,
            NativeId = message.NativeId,
            Version = version,
            Claims = kinds.Order.Apply(message.Source, message.ObjectType, claims),
            AllClaims = claims,
            NotAnAccountId = message.Claims.Count == 0 && kinds.Order.Tries(message.Source, message.ObjectType, ClaimKind.AccountId) ? message.AccountId.Refusal : null,
            Deleted = message.Deleted,
            IsEvent = isEvent,
            Body = body,
            MessageId = messageId,
            TraceParent = traceParent,
        };
    }

    /// <summary>What tables know an object by.</summary>
    /// <param name="at">Of a usage event, its own time: another time is another event. Null for what has versions.</param>
    public static Guid KeyOf(string source, string objectType, string nativeId, DateTimeOffset? at) =>
        at is { } time ? StableId.Of(source, objectType, nativeId, time.UtcTicks.ToString(CultureInfo.InvariantCulture)) : StableId.Of(source, objectType, nativeId);

    /// <summary>The list of claims where there is one; else the short forms, the most direct first.</summary>
    private static IEnumerable<ClaimKey> Claimed(ChildObjectReceived message)
    {
        if (message.Claims.Count > 0) return message.Claims.Select(claim => ClaimKey.Of(claim, message.Source));
        return ShortForms(message);
    }

    private static IEnumerable<ClaimKey> ShortForms(ChildObjectReceived message)
    {
        if (message.AccountId.Value is { } accountId) yield return ClaimKey.Of(accountId);
        if (message.ParentId is { } parent) yield return ClaimKey.Parent(message.Source, parent);
        if (message.Email is { } email) yield return ClaimKey.Email(email);
        if (message.UserId is { } user) yield return new(ClaimKind.UserId, "", user);
        if (message.AccountSupportId is { } support) yield return new(ClaimKind.AccountSupportId, "", support);
    }
}

/// <summary>A replay of a dead letter by the office.</summary>
/// <param name="Queue">The queue by which it came.</param>
public readonly record struct Replay(Guid Id, string Queue)
{
    /// <summary>The replay that a delivery is, or null.</summary>
    public static Replay? Of(Delivery delivery) => delivery.ReplayId is { } id ? new Replay(id, delivery.Queue) : null;
}
