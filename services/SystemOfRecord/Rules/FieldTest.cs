using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>
/// What is asked of the values of one field: none, one, or those of a list. What asks for something passes where one value has it;
/// what forbids something passes where none has. So a value of the wrong kind, like a missing one, passes nothing that is asked for.
/// </summary>
/// <param name="Demand">What is asked, to be read after the field's name: "must be Customer".</param>
public abstract record FieldTest(string Demand)
{
    public abstract bool Passes(IReadOnlyList<JsonElement> values);

    /// <summary>A value is one of these: a text exactly; a JSON number by its value, true and false as they are written.</summary>
    public sealed record In(IReadOnlyList<RuleValue> Wanted) : FieldTest(Wanted is [var one] ? $"must be {one.Text}" : $"must be one of {Listed(Wanted)}")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) => values.Any(value => Wanted.Any(wanted => wanted.Is(value)));
    }

    /// <summary>No value is one of these. A field without a value passes.</summary>
    public sealed record NotIn(IReadOnlyList<RuleValue> Unwanted) : FieldTest(Unwanted is [var one] ? $"must not be {one.Text}" : $"must be none of {Listed(Unwanted)}")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) => !values.Any(value => Unwanted.Any(unwanted => unwanted.Is(value)));
    }

    /// <summary>Whether there is a value. A blank text and an empty list are none.</summary>
    public sealed record Exists(bool Wanted) : FieldTest(Wanted ? "must have a value" : "must have no value")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) => values.Any(FieldValues.IsGiven) == Wanted;
    }

    /// <summary>A number above the bound, or a time after it. A text that reads as a number, or as a time of ISO 8601, counts as one.</summary>
    public sealed record Greater(RuleValue Bound) : FieldTest($"must be {(Bound.IsTime ? "after" : "greater than")} {Bound.Text}")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) => values.Any(value => Bound.Compare(value) > 0);
    }

    /// <summary>A number below the bound, or a time before it.</summary>
    public sealed record Less(RuleValue Bound) : FieldTest($"must be {(Bound.IsTime ? "before" : "less than")} {Bound.Text}")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) => values.Any(value => Bound.Compare(value) < 0);
    }

    /// <summary>A text has this in it, exactly; or a list has it as a value.</summary>
    public sealed record Contains(RuleValue Wanted) : FieldTest($"must contain {Wanted.Text}")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) =>
            values.Any(value => Wanted.Is(value) || (value.ValueKind == JsonValueKind.String && FieldValues.TextOf(value)!.Contains(Wanted.Text, StringComparison.Ordinal)));
    }

    /// <summary>A value has a part that the pattern describes; <c>^</c> and <c>$</c> tie it to the ends. Its time is linear in the text.</summary>
    public sealed record Matches(Regex Pattern) : FieldTest($"must match {Pattern}")
    {
        public override bool Passes(IReadOnlyList<JsonElement> values) => values.Any(value => FieldValues.TextOf(value) is { } text && Pattern.IsMatch(text));

        /// <summary>Two are the same where the texts of their patterns are.</summary>
        public bool Equals(Matches? other) => other is not null && Pattern.ToString() == other.Pattern.ToString();

        public override int GetHashCode() => Pattern.ToString().GetHashCode(StringComparison.Ordinal);
    }

    private static string Listed(IReadOnlyList<RuleValue> values) => string.Join(", ", values.Select(value => value.Text));
}
