namespace Pipeline.VendorSimulator.Truth;

/// <summary>A story that the data tells, and where its objects must be when it is over.</summary>
/// <param name="Name">For a person: "a user who moves".</param>
/// <param name="Objects">Each with the account that it must be under, or the key that it must wait for.</param>
/// <param name="Leaves">An account that must have been out in between; null where the story has none.</param>
public sealed record Story(string Name, IReadOnlyList<StoryObject> Objects, string? Leaves = null);

/// <param name="ObservedAt">Of a usage event, its own time, by which it is found; null for another object.</param>
/// <param name="Rule">The near-miss rule that must explain why it waits; null where it waits for no near miss, or is in.</param>
public sealed record StoryObject(string Source, string ObjectType, string NativeId, string Place, string? AccountId, DateTimeOffset? ObservedAt = null, string? Rule = null);
