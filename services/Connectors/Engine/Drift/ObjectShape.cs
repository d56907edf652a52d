namespace Pipeline.Connectors.Engine.Drift;

/// <summary>What is known of the objects at one place of a feed's records.</summary>
public sealed record ObjectShape
{
    /// <summary>Objects that teach before anything is told of them, where no first pass does it.</summary>
    public const int Lessons = 100;

    /// <summary>What is too few to go by: fewer teach nothing that the end of a first pass could close, and fewer that lack a field are chance.</summary>
    public const int Enough = 5;

    private const int FewKeys = 50;

    /// <summary>More keys than any system gives its records; they are not kept.</summary>
    private const int MostKeys = 2000;

    public static ObjectShape Unknown { get; } = new();

    /// <summary>How many have taught, as far as that is counted.</summary>
    public int Taught { get; init; }

    /// <summary>Whether it is known well enough to tell what has changed.</summary>
    public bool IsLearned { get; init; }

    /// <summary>The most fields that one of them had.</summary>
    public int MostFields { get; init; }

    /// <summary>Whether its keys are made up by the customers of the system: no schema, and nothing to tell.</summary>
    public bool IsCustom { get; init; }

    public IReadOnlyDictionary<string, FieldShape> Fields { get; init; } = new Dictionary<string, FieldShape>();

    /// <summary>Many different keys, and few of them in any one object: the keys are data.</summary>
    public static bool IsBag(int keys, int mostInOne) => keys > MostKeys || (keys > FewKeys && keys > 2 * mostInOne);
}

/// <summary>What is known of one field.</summary>
public sealed record FieldShape
{
    /// <summary>Every kind that it was ever seen with.</summary>
    public JsonKinds Kinds { get; init; }

    /// <summary>Whether every object so far had it, but for those of <see cref="Lacking"/>.</summary>
    public bool Always { get; init; }

    /// <summary>How many objects in a row have come without it, while that is too few to tell.</summary>
    public int Lacking { get; init; }

    /// <summary>What is in it, where it was ever an object that is followed.</summary>
    public ObjectShape? Parts { get; init; }
}
