using Pipeline.Contracts;
using Pipeline.Contracts.Spelling;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.NearMisses;

/// <summary>What a table is searched by for keys that are spelled nearly alike: all such keys of one kind, and for parents of one system, share it.</summary>
internal static class SpellingKey
{
    public static Guid Of(ClaimKey key) => StableId.Of("spelling", ClaimNames.Of(key.Kind), key.System, Fold.Of(key.Value));

    public static Guid Of(AccountId account) => Of(ClaimKey.Of(account));
}
