using System.Text.Json;

namespace Pipeline.Connectors.Engine.Drift;

/// <summary>The kinds of JSON that a field has been seen with. Null is none of them: a field that was only ever null has no kind yet, and may come to have any.</summary>
[Flags]
public enum JsonKinds
{
    None = 0,
    Text = 1,
    Number = 2,
    Truth = 4,
    Whole = 8,
    List = 16,
}

/// <summary>Kinds in the words of JSON.</summary>
public static class JsonKindWords
{
    private static readonly (JsonKinds Kind, string Word)[] Words =
        [(JsonKinds.Text, "string"), (JsonKinds.Number, "number"), (JsonKinds.Truth, "bool"), (JsonKinds.Whole, "object"), (JsonKinds.List, "array")];

    public static JsonKinds Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => JsonKinds.Text,
        JsonValueKind.Number => JsonKinds.Number,
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Truth,
        JsonValueKind.Object => JsonKinds.Whole,
        JsonValueKind.Array => JsonKinds.List,
        _ => JsonKinds.None,
    };

    /// <summary><c>string</c>, or <c>string or number</c>; null where there is none.</summary>
    public static string? In(JsonKinds kinds) =>
        kinds == JsonKinds.None ? null : string.Join(" or ", Words.Where(word => kinds.HasFlag(word.Kind)).Select(word => word.Word));
}
