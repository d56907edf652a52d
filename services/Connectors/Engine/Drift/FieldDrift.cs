namespace Pipeline.Connectors.Engine.Drift;

/// <summary>What has changed about a field.</summary>
public enum Change
{
    /// <summary>No record had it before.</summary>
    New,

    /// <summary>Every record had it before, and now none has.</summary>
    Missing,

    /// <summary>It holds a kind of JSON that it never held before.</summary>
    Retyped,

    /// <summary>An object whose keys are data; from now on nothing is told of what is in it.</summary>
    CustomKeys,
}

/// <summary>One change of what a system sends, told once. Holds names and kinds, never a value.</summary>
/// <param name="Field">Its path: <c>name</c>, <c>owner.email</c>; <c>"Account.Id"</c> in quotes where the name itself has the dot.</param>
/// <param name="From">The kinds of JSON that it had before.</param>
/// <param name="To">Those that are new; none where a new field was null.</param>
/// <param name="At">When it was seen.</param>
public sealed record FieldDrift(string Field, Change Change, JsonKinds From, JsonKinds To, DateTimeOffset At)
{
    /// <summary>In the words of JSON; null where there was nothing.</summary>
    public string? Was => JsonKindWords.In(From);

    /// <summary>In the words of JSON; null where there is nothing any more.</summary>
    public string? Is => JsonKindWords.In(To) ?? (Change == Change.New ? "null" : null);

    /// <summary>The change as metrics and reports name it.</summary>
    public string Word => Change switch
    {
        Change.New => "new",
        Change.Missing => "missing",
        Change.Retyped => "retyped",
        _ => "custom_keys",
    };
}
