using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipeline.Contracts;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>The XML comments of the contracts, as plain sentences.</summary>
internal static partial class Summaries
{
    private static readonly Dictionary<string, XElement> Members =
        XDocument.Load(Path.ChangeExtension(typeof(Exchanges).Assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static string? Of(Type type) => Plain(Members.GetValueOrDefault($"T:{Name(type)}")?.Element("summary"));

    public static string? Of(FieldInfo field) => Plain(Members.GetValueOrDefault($"F:{Name(field.DeclaringType!)}.{field.Name}")?.Element("summary"));

    /// <summary>A property's own summary, or for a positional record that of its parameter.</summary>
    public static string? Of(MemberInfo property) =>
        Plain(Members.GetValueOrDefault($"P:{Name(property.DeclaringType!)}.{property.Name}")?.Element("summary"))
        ?? Plain(Members.GetValueOrDefault($"T:{Name(property.DeclaringType!)}")?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")!.Value == property.Name));

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string? Plain(XElement? shared)
    {
        if (shared is null) return null;
        var element = new XElement(shared); // the tests run side by side
        foreach (var reference in element.Descendants().Where(child => child.Attribute("cref") is not null).ToList())
            reference.ReplaceWith(WireName(reference.Attribute("cref")!.Value));
        return Spaces.Replace(element.Value, " ").Trim();
    }

    /// <summary>Readers of the document know fields, not properties: ObservedAt is observed_at to them.</summary>
    private static string WireName(string cref)
    {
        var name = cref.Split('.')[^1];
        return cref[0] == 'P' ? PipelineJson.Wire.Options.PropertyNamingPolicy!.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces { get; }
}
