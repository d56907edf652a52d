using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipeline.SystemOfRecord.Rules.Reading;

/// <summary>The mistakes of one reading, and how nodes are read so that each is found.</summary>
internal sealed class Mistakes
{
    private readonly List<RulesMistake> _found = [];

    /// <summary>In the order of their lines.</summary>
    public IReadOnlyList<RulesMistake> Found => [.. _found.OrderBy(mistake => mistake.Line)];

    public void Add(YamlNode node, string path, string problem) => _found.Add(new RulesMistake(node.Start.Line, path, problem));

    /// <summary>The entries of a mapping; null, and a mistake, where it is none. A name that is not known is a mistake.</summary>
    public IReadOnlyDictionary<string, YamlNode>? Entries(YamlNode node, string path, params string[] known)
    {
        if (node is not YamlMappingNode mapping)
        {
            Add(node, path, $"must hold {Listed(known)}");
            return null;
        }

        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping)
            if (key is YamlScalarNode { Value: { } name } && known.Contains(name)) entries.TryAdd(name, value);
            else Add(key, Within(path, key is YamlScalarNode unknown ? unknown.Value ?? "" : "?"), $"is not known here: write {Listed(known)}");
        return entries;
    }

    /// <summary>The parts of a list, each with its path. An empty list is a mistake: it would pass everything or nothing, and nobody means that.</summary>
    public IEnumerable<(YamlNode Part, string Path)> Parts(YamlNode node, string path, string want)
    {
        if (node is YamlSequenceNode { Children.Count: > 0 } list) return list.Children.Select((part, index) => (part, $"{path}[{index}]")).ToList();
        Add(node, path, node is YamlSequenceNode ? $"is an empty list: {want}, or leave it out" : $"must be a list: {want}");
        return [];
    }

    /// <summary>A single value as it is written; null, and a mistake, where there is none.</summary>
    public string? Text(YamlNode node, string path)
    {
        if (node is not YamlScalarNode scalar) Add(node, path, "must be a single value");
        else if (string.IsNullOrWhiteSpace(scalar.Value) || (scalar.Style == ScalarStyle.Plain && scalar.Value is "null" or "~" or "Null" or "NULL"))
            Add(node, path, "has no value; to ask for a field that is empty write exists: false");
        else return scalar.Value;
        return null;
    }

    public static string Within(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Listed(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";
}
