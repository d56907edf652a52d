using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>
/// What one origin says about keys and accounts, whole: a newer version of the same origin replaces it. An origin is a record
/// of a system, the system of record's decision on an account, or a person who is in.
/// </summary>
/// <param name="OriginKey">Whose word it is.</param>
/// <param name="Version">Rises with each word of the same origin: microseconds of its clock, or a revision.</param>
/// <param name="Tie">Orders two words of the same version.</param>
/// <param name="Source">The system that wrote the account, so that its corrections apply; empty where it was no system's word.</param>
/// <param name="Bindings">The keys that belong to an account.</param>
/// <param name="Standing">A decision on an account, where the message is one.</param>
/// <param name="TraceParent">The trace that it came by.</param>
public sealed record Evidence(Guid OriginKey, long Version, Guid Tie, string Source, IReadOnlyList<Binding> Bindings, AccountStanding? Standing, string? TraceParent)
{
    public bool IsNewerThan(long version, Guid tie) => Version != version ? Version > version : Tie.CompareTo(tie) > 0;
}

/// <summary>A key and the account that it belongs to.</summary>
public sealed record Binding(ClaimKey Key, AccountId Account);

/// <summary>How an account stands with the system of record.</summary>
public sealed record AccountStanding(AccountId Account, Standing Standing, long Revision, string Source, string? NativeId, string? Name);
