using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Pipeline.SystemOfRecord.Rules.Reading;

/// <summary>Reads rules as they are written in YAML. All mistakes are found in one reading, each with its line and its path.</summary>
public static class RulesFile
{
    /// <summary>Characters; the longest list of values that a person keeps by hand is far shorter.</summary>
    public const int Longest = 262_144;

    /// <summary>Levels of lists and mappings; nobody can follow as many.</summary>
    private const int Deepest = 50;

    public static RulesReading Read(string yaml)
    {
        if (yaml.Length > Longest) return Nothing(1, $"has {yaml.Length} characters; at most {Longest} are read");
        try
        {
            if (Trap(yaml) is { } trap) return trap;
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

    /// <summary>
    /// What must not come to a reader that builds the whole tree: an alias may stand for what it stands in, and few of them for millions of
    /// nodes; what lies deep enough ends the process.
    /// </summary>
    private static RulesReading? Trap(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        for (var depth = 0; parser.MoveNext();)
        {
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                return Nothing(parser.Current.Start.Line, "anchors and aliases are not read: write the value where it is used");
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest) return Nothing(parser.Current.Start.Line, $"lies deeper than {Deepest} levels");
        }

        return null;
    }

    private static RulesReading Nothing(long line, string problem) => new(null, [new RulesMistake(line, "", problem)]);
}
