namespace Pipeline.DeadLetters.Search;

/// <summary>What is asked of letters: one condition, or conditions that are joined.</summary>
public abstract record Criterion
{
    private Criterion()
    {
    }

    /// <summary>True of every letter.</summary>
    public static Criterion Any { get; } = new All([]);

    /// <summary>Whether it says anything of this field.</summary>
    public bool Asks(SearchField field) => this switch
    {
        All all => all.Parts.Any(part => part.Asks(field)),
        Either either => either.Parts.Any(part => part.Asks(field)),
        Not not => not.Part.Asks(field),
        Is known => known.Field == field,
        _ => false,
    };

    /// <summary>The same, of letters in this state; as it is where it says something of the state itself.</summary>
    public Criterion In(string state) => Asks(SearchField.State) ? this : new All([this, new Is(SearchField.State, state)]);

    /// <summary>The same, of letters of these sources only; as it is where there is no such bound.</summary>
    public Criterion Of(IReadOnlyList<string>? sources) => sources is null ? this : new All([this, new OfSources([.. sources])]);

    /// <summary>Every part is met; none is asked for where there is none.</summary>
    public sealed record All(IReadOnlyList<Criterion> Parts) : Criterion;

    /// <summary>One part at least is met.</summary>
    public sealed record Either(IReadOnlyList<Criterion> Parts) : Criterion;

    public sealed record Not(Criterion Part) : Criterion;

    /// <summary>A field is this text; an asterisk in it stands for any text.</summary>
    public sealed record Is(SearchField Field, string Value) : Criterion;

    /// <summary>It is one of these.</summary>
    public sealed record Named(Guid[] Letters) : Criterion;

    /// <summary>It is of one of these sources, by their exact names.</summary>
    public sealed record OfSources(string[] Sources) : Criterion;

    /// <summary>It was first seen at this time or later.</summary>
    public sealed record Since(DateTimeOffset Time) : Criterion;

    /// <summary>It was first seen before this time.</summary>
    public sealed record Before(DateTimeOffset Time) : Criterion;

    /// <summary>The headers, the reason or the beginning of the body have this text somewhere, whatever its case.</summary>
    public sealed record Says(string Text) : Criterion;

    /// <summary>Its key has had an answer since anything was last done with it.</summary>
    public sealed record Answered : Criterion;
}
