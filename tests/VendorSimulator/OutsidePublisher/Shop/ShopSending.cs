using System.Text.Json;
using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.OutsidePublisher.Shop;

/// <summary>A message of the shop, and where its object must end. The newest version of an object tells; a user table has no object.</summary>
public sealed record ShopSending(OutsideMessage Message, StoryObject? End)
{
    public const string Source = "shop";

    /// <summary>An order that says whose it is by this claim.</summary>
    /// <param name="claim">As JSON, name and value.</param>
    public static ShopSending Of(int seed, StoryObject end, string claim, DateTimeOffset at, string exchange = "child-object-received", string version = "") => new(
        OutsideMessage.Of(seed, Source, $"{end.ObjectType} {end.NativeId}{version}", exchange,
            $$$"""{"source":"{{{end.Source}}}","object_type":"{{{end.ObjectType}}}","native_id":"{{{end.NativeId}}}","observed_at":"{{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}}}",{{{claim}}},"data":{"total":42.5}}"""),
        end);

    public static ShopSending User(int seed, string user, string account, DateTimeOffset at) => new(
        OutsideMessage.Of(seed, Source, $"{user} of {account}", "user-mapped", $$"""{"user_id":"{{user}}","account_id":{{JsonSerializer.Serialize(account)}},"observed_at":"{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""), null);

    public static string AccountId(string account) => $"\"account_id\":{JsonSerializer.Serialize(account)}";
}
