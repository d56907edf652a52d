namespace Pipeline.Contracts.Operations;

/// <summary>Something that a publisher says it has published.</summary>
/// <param name="ObjectType">Null for a record of an account.</param>
/// <param name="ObservedAt">The version; null where any version will do.</param>
public sealed record PublishedId(string Source, string? ObjectType, string NativeId, DateTimeOffset? ObservedAt);

/// <summary>Where what a publisher has published is, by id.</summary>
/// <param name="Places">For each, in the order asked: accepted, parked, dead_lettered, superseded or missing.</param>
public sealed record AgainstReport(IReadOnlyList<string> Places);
