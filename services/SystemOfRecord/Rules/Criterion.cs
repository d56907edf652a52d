using System.Text.Json;
using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>What is asked of the fields of a record. Pure: the same fields always give the same answer.</summary>
public abstract record Criterion
{
    private Criterion()
    {
    }

    /// <summary>Whether the fields pass, and what was seen on the way.</summary>
    public abstract Finding Judge(IReadOnlyDictionary<string, JsonElement> fields);

    /// <summary>The fields that it looks at.</summary>
    public abstract IEnumerable<string> Fields { get; }

    /// <summary>Every part must pass.</summary>
    public sealed record All(IReadOnlyList<Criterion> Parts) : Criterion
    {
        public override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);

        public override Finding Judge(IReadOnlyDictionary<string, JsonElement> fields)
        {
            var parts = Parts.Select(part => part.Judge(fields)).ToList();
            return new("all of these", parts.TrueForAll(part => part.Passes), null, parts);
        }
    }

    /// <summary>One part must pass.</summary>
    public sealed record Any(IReadOnlyList<Criterion> Parts) : Criterion
    {
        public override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);

        public override Finding Judge(IReadOnlyDictionary<string, JsonElement> fields)
        {
            var parts = Parts.Select(part => part.Judge(fields)).ToList();
            return new("one of these", parts.Exists(part => part.Passes), null, parts);
        }
    }

    /// <summary>The part must not pass. What is not there passes nothing, so it passes here.</summary>
    public sealed record Not(Criterion Part) : Criterion
    {
        public override IEnumerable<string> Fields => Part.Fields;

        public override Finding Judge(IReadOnlyDictionary<string, JsonElement> fields)
        {
            var part = Part.Judge(fields);
            return new("not this", !part.Passes, null, [part]);
        }
    }

    /// <summary>One field must pass every test.</summary>
    /// <param name="Name">The field's name in its system; a name within it after a dot.</param>
    public sealed record Field(string Name, IReadOnlyList<FieldTest> Tests) : Criterion
    {
        public override IEnumerable<string> Fields => [Name];

        public override Finding Judge(IReadOnlyDictionary<string, JsonElement> fields)
        {
            var values = FieldValues.Of(fields, Name);
            return new($"{Name} {string.Join(" and ", Tests.Select(test => test.Demand))}", Tests.All(test => test.Passes(values)), FieldValues.Shown(values), []);
        }
    }
}
