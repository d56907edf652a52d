using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Pipeline.SystemOfRecord.Rules.Reading;

/// <summary>Reads what is asked of fields: <c>all</c>, <c>any</c> and <c>not</c> within each other, and fields with their tests.</summary>
internal sealed class CriterionReader(Mistakes mistakes)
{
    private static readonly string[] Groups = ["all", "any", "not"];

    private static readonly string[] OfField = ["field", "equals", "not_equals", "in", "not_in", "exists", "greater", "less", "contains", "matches"];

    public Criterion? Read(YamlNode node, string path)
    {
        if (mistakes.Entries(node, path, [.. Groups, .. OfField]) is not { } entries) return null;
        var groups = Groups.Where(entries.ContainsKey).ToList();
        if (groups.Count > 1 || (groups.Count == 1 && entries.Count > 1))
            mistakes.Add(node, path, "asks several things at once: make each a part of one list under all or any");
        else if (groups is [var group])
            return Group(group, entries[group], Mistakes.Within(path, group));
        else if (!entries.ContainsKey("field"))
            mistakes.Add(node, path, "names no field: write field: NAME and what is asked of it, or all, any or not");
        else return Field(node, entries, path);
        return null;
    }

    private Criterion? Group(string name, YamlNode node, string path)
    {
        if (name == "not") return Read(node, path) is { } part ? new Criterion.Not(part) : null;
        var parts = mistakes.Parts(node, path, "write the conditions one below the other, each after a dash").Select(part => Read(part.Part, part.Path)).ToList();
        var read = parts.OfType<Criterion>().ToList();
        return read.Count < parts.Count || read.Count == 0 ? null : name == "all" ? new Criterion.All(read) : new Criterion.Any(read);
    }

    private Criterion.Field? Field(YamlNode node, IReadOnlyDictionary<string, YamlNode> entries, string path)
    {
        var name = mistakes.Text(entries["field"], $"{path}.field");
        var asked = entries.Where(entry => entry.Key != "field").ToList();
        if (asked.Count == 0) mistakes.Add(node, path, $"asks nothing of the field: write {Mistakes.Listed([.. OfField.Skip(1)])}");
        var tests = asked.Select(entry => Test(entry.Key, entry.Value, $"{path}.{entry.Key}")).ToList();
        return name is null || tests.Count == 0 || tests.Contains(null) ? null : new Criterion.Field(name, tests!);
    }

    private FieldTest? Test(string name, YamlNode node, string path) => name switch
    {
        "equals" => Value(node, path) is { } value ? new FieldTest.In([value]) : null,
        "not_equals" => Value(node, path) is { } value ? new FieldTest.NotIn([value]) : null,
        "in" => Values(node, path) is { } values ? new FieldTest.In(values) : null,
        "not_in" => Values(node, path) is { } values ? new FieldTest.NotIn(values) : null,
        "exists" => Truth(node, path) is { } wanted ? new FieldTest.Exists(wanted) : null,
        "greater" => Bound(node, path) is { } bound ? new FieldTest.Greater(bound) : null,
        "less" => Bound(node, path) is { } bound ? new FieldTest.Less(bound) : null,
        "contains" => Value(node, path) is { } value ? new FieldTest.Contains(value) : null,
        _ => Pattern(node, path) is { } pattern ? new FieldTest.Matches(pattern) : null,
    };

    private RuleValue? Value(YamlNode node, string path)
    {
        if (node is YamlSequenceNode) mistakes.Add(node, path, "is a list; write in or not_in for several values");
        else if (mistakes.Text(node, path) is { } text) return RuleValue.Of(text);
        return null;
    }

    private List<RuleValue>? Values(YamlNode node, string path)
    {
        var texts = mistakes.Parts(node, path, "write [one, two]").Select(part => mistakes.Text(part.Part, part.Path)).ToList();
        return texts.Count == 0 || texts.Contains(null) ? null : [.. texts.Select(text => RuleValue.Of(text!))];
    }

    private bool? Truth(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: "true" }) return true;
        if (node is YamlScalarNode { Value: "false" }) return false;
        mistakes.Add(node, path, "must be true or false");
        return null;
    }

    private RuleValue? Bound(YamlNode node, string path)
    {
        if (Value(node, path) is not { } value) return null;
        if (value.IsOrdered) return value;
        mistakes.Add(node, path, $"{value.Text} is no number and no time: write 12.5, 2026-01-31 or 2026-01-31T12:00:00Z");
        return null;
    }

    private Regex? Pattern(YamlNode node, string path)
    {
        if (mistakes.Text(node, path) is not { } text) return null;
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout); // its time is linear
        }
        catch (Exception mistake) when (mistake is ArgumentException or NotSupportedException)
        {
            mistakes.Add(node, path, $"is no pattern that can be used: {mistake.Message}");
            return null;
        }
    }
}
