using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Pipeline.SystemOfRecord.Rules.Reading;

/// <summary>Reads rules as they are written in YAML. All mistakes are found in one reading, each with its line and its path.</summary>
public static class RulesFile
{
    /// <summary>Characters; the longest list of values that a person keeps by hand is far shorter.</summary>
    public const int Longest = 262_144;

    public static RulesReading Read(string yaml)
    {
        if (yaml.Length > Longest) return Nothing(1, $"has {yaml.Length} characters; at most {Longest} are read");
        try
        {
            if (Alias(yaml) is { } line) return Nothing(line, "anchors and aliases are not read: write the value where it is used");
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents switch
            {
                [] => Nothing(1, "is empty: name the system_of_record"),
                [var document] => new RulesReader().Read(document.RootNode),
                [_, var second, ..] => Nothing(second.RootNode.Start.Line, "a second document begins here; a file holds one set of rules"),
            };
        }
        catch (YamlException mistake)
        {
            return Nothing(mistake.Start.Line, $"is not YAML: {(mistake.InnerException ?? mistake).Message}");
        }
    }

    /// <summary>An alias may stand for what it stands in, and few of them for millions of nodes.</summary>
    private static long? Alias(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        while (parser.MoveNext())
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false }) return parser.Current.Start.Line;
        return null;
    }

    private static RulesReading Nothing(long line, string problem) => new(null, [new RulesMistake(line, "", problem)]);
}
