using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Peers.Job;

/// <summary>A child as the peers read it.</summary>
public sealed class ChildMessage
{
    public required string Source { get; set; }

    public required string ObjectType { get; set; }

    public required string NativeId { get; set; }

    public required DateTimeOffset ObservedAt { get; set; }

    public required string AccountId { get; set; }

    public JsonElement Data { get; set; }

    [JsonIgnore]
    public Guid Key => StableId.Of(Source, ObjectType, NativeId);
}

/// <summary>An account that is in.</summary>
public sealed class AdmissionMessage
{
    public required string AccountId { get; set; }

    public required string Name { get; set; }
}

/// <summary>What the peers say of a child that is in: all that the pipeline says of it.</summary>
public sealed record AcceptedMessage(string Source, string ObjectType, string NativeId, DateTimeOffset ObservedAt, string AccountId, AcceptedClaim Claim, bool Deleted = false)
{
    public static AcceptedMessage Of(string source, string objectType, string nativeId, DateTimeOffset observedAt, string accountId) =>
        new(source, objectType, nativeId, observedAt, accountId, new AcceptedClaim("account_id", accountId));
}

/// <summary>By which claim it was let in.</summary>
public sealed record AcceptedClaim(string By, string Value);

/// <summary>The wire's spelling, read without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChildMessage))]
[JsonSerializable(typeof(AdmissionMessage))]
[JsonSerializable(typeof(AcceptedMessage))]
internal sealed partial class JobJson : JsonSerializerContext;
