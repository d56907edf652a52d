using YamlDotNet.RepresentationModel;

namespace Pipeline.SystemOfRecord.Rules.Reading;

/// <summary>Reads the rules off a document, and collects what is wrong with it.</summary>
internal sealed class RulesReader
{
    private readonly Mistakes _mistakes = new();
    private readonly CriterionReader _criteria;

    public RulesReader() => _criteria = new CriterionReader(_mistakes);

    public RulesReading Read(YamlNode root)
    {
        var rules = _mistakes.Entries(root, "", "system_of_record", "filter", "paths") is { } entries ? Rules(root, entries) : null;
        return new(_mistakes.Found.Count == 0 ? rules : null, _mistakes.Found);
    }

    private RuleSet? Rules(YamlNode root, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var system = "";
        if (entries.TryGetValue("system_of_record", out var named)) system = _mistakes.Text(named, "system_of_record") ?? "";
        else _mistakes.Add(root, "system_of_record", "is missing: name the system whose accounts are loaded");
        var filter = entries.TryGetValue("filter", out var asked) ? _criteria.Read(asked, "filter") : null;
        var paths = entries.TryGetValue("paths", out var listed) ? Paths(listed, system) : [];
        return new RuleSet(system, filter, paths);
    }

    private List<PathRule> Paths(YamlNode node, string systemOfRecord)
    {
        var paths = new List<PathRule>();
        foreach (var (part, path) in _mistakes.Parts(node, "paths", "list the systems that must have the account, each as - system: NAME"))
        {
            if (_mistakes.Entries(part, path, "system", "where") is not { } entries) continue;
            string? system = null;
            if (!entries.TryGetValue("system", out var named)) _mistakes.Add(part, $"{path}.system", "is missing: name the system that must have the account");
            else system = _mistakes.Text(named, $"{path}.system");
            if (system is not null && system == systemOfRecord) _mistakes.Add(named!, $"{path}.system", "is the system of record itself: ask its fields in filter");
            var where = entries.TryGetValue("where", out var asked) ? _criteria.Read(asked, $"{path}.where") : null;
            if (system is not null) paths.Add(new PathRule(system, where));
        }

        return paths;
    }
}
